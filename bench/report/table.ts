/** Returns a Markdown table with right-aligned figures. Throws if a row and the head have different lengths. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  cells: 'figures' | 'texts' = 'figures',
): string {
  const odd = rows.find((row) => row.length !== head.length);
  if (odd !== undefined)
    throw new Error(`A row has ${odd.length} cells, but the head has ${head.length}: ${odd.join(' | ')}`);
  const line = (row: readonly string[]) => `| ${row.map(escaped).join(' | ')} |`;
  const rule = head.map((_cell, index) => (index === 0 || cells === 'texts' ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
