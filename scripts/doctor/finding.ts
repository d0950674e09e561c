export type Status = 'ok' | 'warn' | 'FAIL';

/** A result of a check. */
export interface Finding {
  readonly status: Status;
  /** The subject of the check, in one word. */
  readonly name: string;
  readonly message: string;
  /** A command or a setting that solves the problem. */
  readonly fix?: string;
}

/** Returns functions that create the findings of the check with this name. */
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

/** A check. If it throws or takes too long, the result is a finding too. */
export interface Check {
  readonly name: string;
  readonly timeoutMs: number;
  readonly run: () => Promise<Finding | readonly Finding[]>;
}

/** Runs a check and returns its findings. Never rejects. */
export async function runCheck({ name, timeoutMs, run }: Check): Promise<readonly Finding[]> {
  const { fail } = about(name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve(fail(`timed out after ${timeoutMs / 1_000} s`));
    }, timeoutMs);
  });
  const found = Promise.resolve()
    .then(run)
    .catch((error: unknown) => fail(firstLine(error)));
  const result = await Promise.race([found, late]);
  clearTimeout(timer);
  return Array.isArray(result) ? (result as readonly Finding[]) : [result as Finding];
}

/** Returns the first line of an error's message. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.trim().split('\n')[0] ?? '';
}

/** Returns one line per finding, in columns. */
export function toLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ status, name, message, fix }) =>
    `${status.padEnd(4)}  ${name.padEnd(width)}  ${message}${fix === undefined ? '' : `  ->  ${fix}`}`.trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
