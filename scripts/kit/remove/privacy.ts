const column = /`([a-z_0-9]+)\.[a-z_0-9]+`/;
const row = /^\| (`[^|]*?) *(\|.*\n)/gm;
const bullet = /^(- [\w-]+: )(`.*(?:\n {2}`.*)*)\n/gm;
const excuse = /^- \*\*([\w-]+)\*\*: .*(?:\n {2}.*)*\n/gm;

/** Returns docs/privacy.md without the columns of these tables and without the notes on these modules. */
export function withoutTables(
  page: string,
  tables: ReadonlySet<string>,
  modules: ReadonlySet<string>,
): string {
  const isGone = (name: string): boolean => tables.has(column.exec(name)?.[1] ?? '');
  const keptOf = (names: string): string[] | null => {
    const all = names.split(/,\s*/);
    return all.some(isGone) ? all.filter((name) => !isGone(name)) : null;
  };
  const rebuilt = (match: string, head: string, names: string, tail: string): string => {
    const kept = keptOf(names);
    if (kept === null) return match;
    return kept.length === 0 ? '' : `${head}${kept.join(', ')}${tail}`;
  };
  return page
    .replace(row, (match: string, names: string, tail: string) => rebuilt(match, '| ', names, ` ${tail}`))
    .replace(bullet, (match: string, head: string, names: string) => rebuilt(match, head, names, '\n'))
    .replace(excuse, (match: string, name: string) => (modules.has(name) ? '' : match));
}
