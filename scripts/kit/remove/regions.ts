import { Refusal } from './refusal.ts';

// The markers at the start and end of a region. Editors can fold them: `// #region <module>` or `# #region <module>`.
// In Markdown, a marker is a comment, which may be inside a line.
const inCode = { begin: /(?:\/\/|#) #region\s+([\w -]+)$/, end: /(?:\/\/|#) #endregion\b/ };
const inPages = { begin: /^\s*<!-- #region ([\w -]+?) -->$/, end: /^\s*<!-- #endregion -->$/ };
const inside = /<!-- #region ([\w -]+?) -->(?:(?!<!-- #region).)*?<!-- #endregion -->/g;
const row = /<!-- #row ([\w -]+?) -->/;

interface Region {
  readonly line: number;
  readonly isCut: boolean;
}

/**
 * Returns a file without the regions of removed modules. In Markdown, a region can also be part of a line or a table
 * row. `path` decides which syntax is used. Throws a `Refusal` if a region has no end.
 */
export function cutRegions(path: string, text: string, removed: ReadonlySet<string>): string {
  if (!/#(?:region|row)\b/.test(text)) return text;
  const isMarkdown = path.endsWith('.md');
  const { begin, end } = isMarkdown ? inPages : inCode;
  const isRemoved = (names = ''): boolean => names.split(/\s+/).some((name) => removed.has(name));
  const open: Region[] = [];
  const kept: string[] = [];
  let isAfterCut = false;

  for (const [index, line] of text.split('\n').entries()) {
    const marks = isMarkdown ? line.replace(inside, '') : line;
    const names = begin.exec(marks)?.[1];
    if (names !== undefined) open.push({ line: index + 1, isCut: isRemoved(names) });
    const isCut = open.some((region) => region.isCut) || (isMarkdown && isRemoved(row.exec(line)?.[1]));
    if (names === undefined && end.test(marks) && open.pop() === undefined)
      throw new Refusal(`${path}:${index + 1}: #endregion without #region.`);
    // Keep only one empty line, because a removed region leaves an empty line before and after it.
    const isSecondGap = isAfterCut && line === '' && (kept.at(-1) ?? '') === '';
    if (!isCut && !isSecondGap)
      kept.push(isMarkdown ? line.replace(inside, (part, of: string) => (isRemoved(of) ? '' : part)) : line);
    isAfterCut = isCut;
  }
  const [left] = open;
  if (left !== undefined) throw new Refusal(`${path}:${left.line}: #region without #endregion.`);
  return kept.join('\n');
}
