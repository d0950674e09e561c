export type Status = 'ok' | 'warn' | 'FAIL';

/** What one check has found. */
export interface Finding {
  readonly status: Status;
  /** One word for what was looked at. */
  readonly name: string;
  readonly message: string;
  /** A command or a setting that mends it. */
  readonly fix?: string;
}

/** Makes the findings of one check. */
export const about = (name: string) => ({
  ok: (message: string, fix?: string): Finding => finding('ok', name, message, fix),
  warn: (message: string, fix?: string): Finding => finding('warn', name, message, fix),
  fail: (message: string, fix?: string): Finding => finding('FAIL', name, message, fix),
});

const finding = (status: Status, name: string, message: string, fix: string | undefined): Finding => ({
  status,
  name,
  message,
  ...(fix !== undefined && { fix }),
});

/** Looks at one thing. What it throws, and what takes too long, is a finding as well. */
export interface Check {
  readonly name: string;
  readonly timeoutMs: number;
  readonly run: () => Promise<Finding | readonly Finding[]>;
}

/** The findings of a check, whatever becomes of it. */
export async function carryOut({ name, timeoutMs, run }: Check): Promise<readonly Finding[]> {
  const { fail } = about(name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve(fail(`no answer within ${timeoutMs / 1_000} s`));
    }, timeoutMs);
  });
  const found = Promise.resolve()
    .then(run)
    .catch((error: unknown) => fail(firstLine(error)));
  const result = await Promise.race([found, late]);
  clearTimeout(timer);
  return Array.isArray(result) ? (result as readonly Finding[]) : [result as Finding];
}

/** What an error says, in one line. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.trim().split('\n')[0] ?? '';
}

/** One line for each, in columns. */
export function toLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ status, name, message, fix }) =>
    `${status.padEnd(4)}  ${name.padEnd(width)}  ${message}${fix === undefined ? '' : `  ->  ${fix}`}`.trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
