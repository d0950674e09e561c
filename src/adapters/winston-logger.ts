import winston from 'winston';
import { currentContext } from '../core/context.ts';
import type { LogFields, Logger } from '../core/ports.ts';

const secretNames = /passw|secret|token|cookie|authorization|pepper|credential|api-?key/i;
const maxDepth = 6;

function errorFields(error: Error): Record<string, unknown> {
  const code = 'code' in error ? { code: error.code } : {};
  const { name, message, stack, cause } = error;
  const errors: unknown = error instanceof AggregateError ? error.errors : undefined;
  return { name, message, ...code, stack, cause, errors };
}

/** A copy of what is logged without anything that opens a door. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > maxDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactFields(value instanceof Error ? errorFields(value) : value, depth);
}

function redactFields(fields: object, depth = 0): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(fields) as [string, unknown][]) {
    if (inner === undefined) continue;
    copy[name] = secretNames.test(name) && inner !== null ? '[redacted]' : redact(inner, depth + 1);
  }
  return copy;
}

/** Which request or work a line belongs to, and who asked. */
function contextFields(): LogFields {
  const context = currentContext();
  if (context === undefined) return {};
  const { requestId, traceId, userId } = context;
  return { requestId, ...(traceId && { traceId }), ...(userId && { userId }) };
}

const { combine, printf, colorize } = winston.format;

const pretty = printf(({ level, message, timestamp: at, ...fields }) => {
  const { error, ...rest } = fields as { error?: { stack?: string } };
  const texts = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const stack = error?.stack === undefined ? '' : `\n${error.stack}`;
  return `${String(at).slice(11, 19)} ${level} ${String(message)} ${texts.join(' ')}${stack}`;
});

// Everything in it is a copy with an end, so that nothing has to be looked for that JSON cannot say.
const json = printf((line) => JSON.stringify(line));

interface LoggerSettings {
  readonly level: string;
  /** For people rather than for machines. */
  readonly isPretty: boolean;
  /** Stands in every line when it is given. */
  readonly pid?: number | undefined;
}

/** Writes to standard output: one JSON object a line, or readable text in development. */
export function createWinstonLogger({ level, isPretty, pid }: LoggerSettings): Logger {
  const logger = winston.createLogger({
    level,
    ...(pid !== undefined && { defaultMeta: { pid } }),
    format: isPretty ? combine(...(process.stdout.isTTY ? [colorize()] : []), pretty) : json,
    transports: [new winston.transports.Console({ stderrLevels: [] })],
  });
  const write =
    (severity: string) =>
    (message: string, fields: LogFields = {}) => {
      const own = { level: severity, timestamp: new Date().toISOString(), message, ...contextFields() };
      // As one object: winston would join a field called `message` to the message. No field replaces what the line says itself.
      logger.log(Object.assign({}, own, redactFields(fields), own));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
