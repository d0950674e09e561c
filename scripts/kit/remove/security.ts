import type { Tree } from './tree.ts';

const withReason = ['Not met', 'Left to the operator', 'Does not apply'];
const audit = '## Audit and suspicious activity';

/**
 * A changed row of the ASVS tables (a checklist of security requirements). It has the text that remains of the row, or
 * the section that the row moves to.
 */
interface RowUpdate {
  readonly kept?: string;
  readonly notMet?: string;
  readonly doesNotApply?: string;
}

/**
 * Returns docs/asvs.md without deleted paths. If no implementation or test of a requirement remains, the requirement
 * moves to the section for such requirements. `before` has the files before the removal.
 */
export function withoutFiles(page: string, tree: Tree, before: ReadonlySet<string>): string {
  const isGone = (path: string): boolean => before.has(path) && !tree.has(path);
  const moved: RowUpdate[] = [];
  const parts = page.split(/^(?=## )/m).map((part) => {
    const heading = /^## (.*)$/m.exec(part)?.[1];
    if (heading === undefined || withReason.includes(heading)) return part;
    return updateRows(part, isGone, moved);
  });
  return parts.map((part) => appendMoved(part, moved)).join('');
}

/** Returns docs/security.md without the audit events that no source file records any more. */
export function withoutUnusedEvents(page: string, tree: Tree): string {
  const parts = page.split(/^(?=## )/m);
  return parts.map((part) => (part.startsWith(audit) ? withoutEvents(part, tree) : part)).join('');
}

function updateRows(part: string, isGone: (path: string) => boolean, moved: RowUpdate[]): string {
  const rows = part.split('\n').flatMap((line) => {
    if (!/^\| \d/.test(line)) return [line];
    const update = updateRow(line, isGone);
    if (update.kept === undefined) moved.push(update);
    return update.kept === undefined ? [] : [update.kept];
  });
  return rows.some((line) => /^\| \d/.test(line)) ? rows.join('\n') : '';
}

function updateRow(line: string, isGone: (path: string) => boolean): RowUpdate {
  const [numbers = '', requirement = '', ...cells] = line
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
    return { doesNotApply: `| ${numbers} | ${requirement}: the module it applied to was removed. |` };
  if (proof !== '') return { kept: `| ${numbers} | ${requirement} | ${places} | ${proof} |` };
  return {
    notMet: `| ${numbers} | ${requirement} | Implemented in ${places}, but its tests belonged to a removed module; add a test |`,
  };
}

function appendMoved(part: string, moved: readonly RowUpdate[]): string {
  const rows = part.startsWith('## Not met')
    ? moved.flatMap(({ notMet }) => notMet ?? [])
    : part.startsWith('## Does not apply')
      ? moved.flatMap(({ doesNotApply }) => doesNotApply ?? [])
      : [];
  return rows.length === 0 ? part : `${part.trimEnd()}\n${rows.join('\n')}\n\n`;
}

/** Returns the tables of audit events without those that no source file records any more. */
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
