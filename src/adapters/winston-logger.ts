import winston from 'winston';
import { currentContext } from '../core/context.ts';
import type { LogFields, Logger } from '../core/ports.ts';
import { LogOutput } from './log-output.ts';

const secretNames = /passw|secret|token|cookie|authorization|pepper|credential|api-?key/i;
const maxDepth = 6;

function errorFields(error: Error): Record<string, unknown> {
  const code = 'code' in error ? { code: error.code } : {};
  const { name, message, stack, cause } = error;
  const errors: unknown = error instanceof AggregateError ? error.errors : undefined;
  return { name, message, ...code, stack, cause, errors };
}

/** Returns a copy of log fields with secrets redacted. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > maxDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactFields(value instanceof Error ? errorFields(value) : value, depth);
}

function redactFields(fields: object, depth = 0): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  const entries: [string, unknown][] = Object.entries(fields);
  for (const [name, inner] of entries) {
    if (inner === undefined) continue;
    copy[name] = secretNames.test(name) && inner !== null ? '[redacted]' : redact(inner, depth + 1);
  }
  return copy;
}

/** Returns the request id, trace id and user id of the current context. */
function contextFields(): LogFields {
  const context = currentContext();
  if (context === undefined) return {};
  const { requestId, traceId, userId } = context;
  return { requestId, ...(traceId && { traceId }), ...(userId && { userId }) };
}

const { combine, printf, colorize } = winston.format;

const hasStack = (error: unknown): error is { readonly stack: string } =>
  typeof error === 'object' && error !== null && 'stack' in error && typeof error.stack === 'string';

const pretty = printf(({ level, message, timestamp: at, ...fields }) => {
  const { error, ...rest } = fields;
  const texts = Object.entries(rest).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const stack = hasStack(error) ? `\n${error.stack}` : '';
  return `${String(at).slice(11, 19)} ${level} ${String(message)}${texts.join('')}${stack}`;
});

// Serialize without a guard: `redact` has removed bigints, cycles and deep nesting, so JSON.stringify cannot fail.
const json = printf((line) => JSON.stringify(line));

// One output for all loggers of the process, so that their lines stay in order.
const output = new LogOutput(process.stdout);
// winston's names for the formatted line and for its severity.
const [line, severityOf] = [Symbol.for('message'), Symbol.for('level')];

function writeLine(info: Readonly<Record<symbol, string>>, next: () => void): void {
  output.write(info[line] ?? '');
  // Write warnings and errors immediately, because the process may not survive their cause.
  if (info[severityOf] === 'warn' || info[severityOf] === 'error') output.flush();
  next();
}

interface LoggerSettings {
  readonly level: string;
  /** True for readable text, false for JSON. */
  readonly isPretty: boolean;
  /** The process id to add to every line, if set. */
  readonly pid?: number | undefined;
}

/** Creates a logger that writes to standard output: one JSON object per line, or readable text. */
export function createWinstonLogger({ level, isPretty, pid }: LoggerSettings): Logger {
  const logger = winston.createLogger({
    level,
    ...(pid !== undefined && { defaultMeta: { pid } }),
    format: isPretty ? combine(...(process.stdout.isTTY ? [colorize()] : []), pretty) : json,
    transports: [new winston.transports.Console({ log: writeLine })],
  });
  const write =
    (severity: string) =>
    (message: string, fields: LogFields = {}) => {
      const own = { level: severity, timestamp: new Date().toISOString(), message, ...contextFields() };
      // Pass one object, because winston would append a field named `message` to the message. The last argument of
      // `assign` ensures that fields cannot override the line's own properties.
      logger.log(Object.assign({}, own, redactFields(fields), own));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
