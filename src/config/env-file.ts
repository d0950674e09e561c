/** An invalid line of an `.env` file. The message never contains the text of the line. */
export interface LineIssue {
  readonly line: number;
  readonly message: string;
}

export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  readonly issues: readonly LineIssue[];
}

const setting = /^(?:export\s+)?([A-Za-z_][\w.-]*)[^\S\n]*=[^\S\n]*/;
const quotes = new Set(['"', "'", '`']);

/**
 * Parses an `.env` file. Accepts `NAME=value` lines, comments after `#`, values in single, double or back quotes over
 * several lines, an optional `export`, and any line ending. If a name occurs twice, the last value counts. Unlike
 * Node's `parseEnv`, reports invalid lines instead of ignoring them.
 */
export function parseEnvFile(text: string): EnvFile {
  const values: Record<string, string> = {};
  const issues: LineIssue[] = [];
  let rest = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  let line = 1;
  const advance = (length: number): void => {
    line += rest.slice(0, length).split('\n').length - 1;
    rest = rest.slice(length);
  };
  while (rest !== '') {
    advance(rest.length - rest.trimStart().length);
    const start = line;
    const { value, length, issue } = readLine(rest);
    if (issue !== undefined) issues.push({ line: start, message: issue });
    if (value !== undefined) values[value[0]] = value[1];
    advance(length);
  }
  return { values, issues };
}

interface Line {
  readonly value?: readonly [name: string, text: string];
  readonly issue?: string;
  readonly length: number;
}

function readLine(rest: string): Line {
  const end = rest.indexOf('\n');
  const length = end === -1 ? rest.length : end;
  const line = rest.slice(0, length);
  if (line === '' || line.startsWith('#')) return { length };
  const [head, name] = setting.exec(line) ?? [];
  if (head === undefined || name === undefined)
    return { length, issue: 'is not NAME=value; correct it, or start it with # to make it a comment' };
  if (quotes.has(line.charAt(head.length))) return readQuoted(rest, name, head.length);
  const [text = ''] = line.slice(head.length).split(/(?:^|\s)#/);
  if (/#/.test(text))
    return {
      length,
      issue: `has a # in ${name}; put the value in single quotes, or a space before a comment`,
    };
  return { length, value: [name, text.trim()] };
}

function readQuoted(rest: string, name: string, start: number): Line {
  const quote = rest.charAt(start);
  const close = rest.indexOf(quote, start + 1);
  const lineEnd = rest.indexOf('\n', close === -1 ? start : close);
  const length = lineEnd === -1 ? rest.length : lineEnd;
  if (close === -1) return { length, issue: `has an unclosed quote in ${name}; close it` };
  if (!/^\s*(?:#.*)?$/.test(rest.slice(close + 1, length)))
    return {
      length,
      issue: `has text after the closing quote of ${name}; use another kind of quotes around the value`,
    };
  const text = rest.slice(start + 1, close);
  return { length, value: [name, quote === '"' ? text.replaceAll('\\n', '\n') : text] };
}
