/** A table in Markdown; throws when a row has not as many cells as the head. Figures stand to the right of names. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  cells: 'figures' | 'texts' = 'figures',
): string {
  const odd = rows.find((row) => row.length !== head.length);
  if (odd !== undefined)
    throw new Error(`A row of ${odd.length} cells does not fit a head of ${head.length}: ${odd.join(' | ')}`);
  const line = (row: readonly string[]) => `| ${row.map(escaped).join(' | ')} |`;
  const rule = head.map((_cell, index) => (index === 0 || cells === 'texts' ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
