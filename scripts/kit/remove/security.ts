import type { Tree } from './tree.ts';

const withReason = ['Not met', 'Left to whoever runs it', 'Does not apply'];
const audit = '## Audit and suspicious activity';
const standard = '## OWASP ASVS 5.0';

/** A row of the tables of the standard that names what is gone: what is left of it, or where it moves to and why. */
interface Judged {
  readonly kept?: string;
  readonly notMet?: string;
  readonly doesNotApply?: string;
}

/**
 * docs/security.md held against the files that are left: paths that vanished go, and a requirement without a place or a
 * proof moves to where a reason stands. Events of the audit trail that nobody records go as well. `before` had it all.
 */
export function withoutFiles(page: string, tree: Tree, before: ReadonlySet<string>): string {
  const isGone = (path: string): boolean => before.has(path) && !tree.has(path);
  const parts = page.split(/^(?=##+ )/m);
  const start = parts.findIndex((part) => part.startsWith(standard));
  const moved: Judged[] = [];
  const done = parts.map((part, index) => {
    if (part.startsWith(audit)) return withoutEvents(part, tree);
    const heading = /^### (.*)$/m.exec(part)?.[1];
    if (start < 0 || index <= start || heading === undefined || withReason.includes(heading)) return part;
    return judgeRows(part, isGone, moved);
  });
  return done.map((part) => takeIn(part, moved)).join('');
}

function judgeRows(part: string, isGone: (path: string) => boolean, moved: Judged[]): string {
  const rows = part.split('\n').flatMap((line) => {
    if (!/^\| \d/.test(line)) return [line];
    const judged = judge(line, isGone);
    if (judged.kept === undefined) moved.push(judged);
    return judged.kept === undefined ? [] : [judged.kept];
  });
  return rows.some((line) => /^\| \d/.test(line)) ? rows.join('\n') : '';
}

function judge(line: string, isGone: (path: string) => boolean): Judged {
  const [numbers = '', asked = '', ...cells] = line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
  const [places = '', proof = ''] = cells.map((cell) =>
    cell
      .split(', ')
      .filter((one) => !isGone(/^`(.+)`$/.exec(one)?.[1] ?? ''))
      .join(', '),
  );
  if (places === '')
    return { doesNotApply: `| ${numbers} | ${asked}: the module that it concerned was removed. |` };
  if (proof !== '') return { kept: `| ${numbers} | ${asked} | ${places} | ${proof} |` };
  return {
    notMet: `| ${numbers} | ${asked} | Done in ${places}, but its tests were those of a removed module: write one |`,
  };
}

function takeIn(part: string, moved: readonly Judged[]): string {
  const rows = part.startsWith('### Not met')
    ? moved.flatMap(({ notMet }) => notMet ?? [])
    : part.startsWith('### Does not apply')
      ? moved.flatMap(({ doesNotApply }) => doesNotApply ?? [])
      : [];
  return rows.length === 0 ? part : `${part.trimEnd()}\n${rows.join('\n')}\n\n`;
}

/** The tables of the audit trail's events, without those that no source names any more. */
function withoutEvents(part: string, tree: Tree): string {
  const sources = tree
    .list('src/api')
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => tree.read(path))
    .join('\n');
  return part
    .split('\n')
    .flatMap((line) => {
      const [, head = '', events] = /^(\| [^`|]+ \| )(`[a-z_]+\.[a-z_]+`.*?) *\|$/.exec(line) ?? [];
      if (events === undefined) return [line];
      const kept = events
        .split(/, (?=`)/)
        .filter((event) => sources.includes(`'${event.split('`')[1] ?? ''}'`));
      return kept.length === 0 ? [] : [`${head}${kept.join(', ')} |`];
    })
    .join('\n');
}
