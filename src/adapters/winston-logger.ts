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
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > maxDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const fields = value instanceof Error ? errorFields(value) : value;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]: [string, unknown]) => [
        name,
        secretNames.test(name) && inner !== null ? '[redacted]' : redact(inner, depth + 1),
      ]),
  );
}

const addContext = winston.format((line) => {
  const context = currentContext();
  if (context === undefined) return line;
  const { requestId, traceId, userId } = context;
  return Object.assign(line, { requestId, ...(traceId && { traceId }), ...(userId && { userId }) });
});

const { combine, timestamp, json, printf, colorize } = winston.format;

const pretty = printf(({ level, message, timestamp: at, ...fields }) => {
  const { error, ...rest } = fields as { error?: { stack?: string } };
  const texts = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const stack = error?.stack === undefined ? '' : `\n${error.stack}`;
  return `${String(at).slice(11, 19)} ${level} ${String(message)} ${texts.join(' ')}${stack}`;
});

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
    format: combine(
      timestamp(),
      addContext(),
      ...(isPretty ? [...(process.stdout.isTTY ? [colorize()] : []), pretty] : [json()]),
    ),
    transports: [new winston.transports.Console({ stderrLevels: [] })],
  });
  const write =
    (severity: string) =>
    (message: string, fields: LogFields = {}) => {
      // As one object: winston would join a field called `message` to the message.
      logger.log({ ...(redact(fields) as object), level: severity, message });
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
