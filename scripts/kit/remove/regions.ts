import { Refusal } from './refusal.ts';

// The fold marks of editors: `// #region <module>`, `# #region <module>`, and in Markdown as a comment, there also inside a line.
const inCode = { begin: /(?:\/\/|#) #region\s+([\w -]+)$/, end: /(?:\/\/|#) #endregion\b/ };
const inPages = { begin: /^\s*<!-- #region ([\w -]+?) -->$/, end: /^\s*<!-- #endregion -->$/ };
const inside = /<!-- #region ([\w -]+?) -->(?:(?!<!-- #region).)*?<!-- #endregion -->/g;
const row = /<!-- #row ([\w -]+?) -->/;

interface Region {
  readonly line: number;
  readonly isCut: boolean;
}

/**
 * Takes out of a file what belongs to removed modules: regions and, in Markdown, parts of a line and rows of tables that
 * carry the name of one. `path` tells the kind of file, and is for the message when a region has no end.
 */
export function cutRegions(path: string, text: string, removed: ReadonlySet<string>): string {
  if (!/#(?:region|row)\b/.test(text)) return text;
  const isMarkdown = path.endsWith('.md');
  const { begin, end } = isMarkdown ? inPages : inCode;
  const goes = (names = ''): boolean => names.split(/\s+/).some((name) => removed.has(name));
  const open: Region[] = [];
  const kept: string[] = [];
  let isAfterCut = false;

  for (const [index, whole] of text.split('\n').entries()) {
    const marks = isMarkdown ? whole.replace(inside, '') : whole;
    const names = begin.exec(marks)?.[1];
    if (names !== undefined) open.push({ line: index + 1, isCut: goes(names) });
    const isCut = open.some((region) => region.isCut) || (isMarkdown && goes(row.exec(whole)?.[1]));
    if (names === undefined && end.test(marks) && open.pop() === undefined)
      throw new Refusal(`${path}:${index + 1}: a region ends that never began.`);
    // What stood between two empty lines leaves one.
    const isSecondGap = isAfterCut && whole === '' && (kept.at(-1) ?? '') === '';
    if (!isCut && !isSecondGap)
      kept.push(isMarkdown ? whole.replace(inside, (part, of: string) => (goes(of) ? '' : part)) : whole);
    isAfterCut = isCut;
  }
  const [left] = open;
  if (left !== undefined) throw new Refusal(`${path}:${left.line}: the region has no end.`);
  return kept.join('\n');
}
