import ts from 'typescript';

/** Replaces code in a text, because code is not checked. */
const gap = '\0';
/** Marks the start of a doc comment. */
export const docStart = '\x01';
/** Marks the start of a heading. */
export const headingStart = '\x02';

interface Span {
  readonly start: number;
  readonly end: number;
}

const blank = (text: string): string => text.replace(/[^\s]/g, ' ');
const withoutCodeSpans = (text: string): string =>
  text.replace(/`[^`\n]*`/g, (span) => span.replace(/[^\s]/g, gap));

/** Keeps these parts of a text and replaces everything else with blanks, so that positions do not change. */
function keepSpans(text: string, spans: readonly Span[], clean: (part: string) => string): string {
  let kept = '';
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < kept.length) continue;
    kept += text.slice(kept.length, start).replace(/[^\s]/g, gap) + clean(text.slice(start, end));
  }
  return kept + text.slice(kept.length).replace(/[^\s]/g, gap);
}

function cleanComment(part: string): string {
  const opened = part.startsWith('/**') ? part.replace(/^\/\*\*/, `${docStart}  `) : part;
  return withoutCodeSpans(opened.replace(/^\/[/*]|\*\/$|^[ \t]*\*(?!\/)/gm, blank));
}

const cleanPart = (part: string): string =>
  /^\/[/*]/.test(part) ? cleanComment(part) : withoutCodeSpans(part.replace(/^['"`]|['"`]$/g, gap));

// The functions that take the name of a test, and the properties and variables that contain text for people.
const testFunctions = new Set(['describe', 'it', 'test', 'onLinux']);
const textNames = new Set(['summary', 'description', 'message', 'usage']);

function rootName(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return rootName(expression.expression);
  return '';
}

/**
 * Returns the expression in a node that contains text for people: a test name, summary, description, message or usage.
 */
function textOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isCallExpression(node)) {
    const {
      expression,
      arguments: [first],
    } = node;
    const isDescription = ts.isPropertyAccessExpression(expression) && expression.name.text === 'description';
    return isDescription || testFunctions.has(rootName(expression)) ? first : undefined;
  }
  if (!ts.isPropertyAssignment(node) && !ts.isVariableDeclaration(node)) return undefined;
  return textNames.has(node.name.getText()) ? node.initializer : undefined;
}

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  node.kind === ts.SyntaxKind.TemplateHead ||
  node.kind === ts.SyntaxKind.TemplateMiddle ||
  node.kind === ts.SyntaxKind.TemplateTail;

/** Returns the positions of string literals in an expression, including those inside concatenations and templates. */
function literalsOf(node: ts.Node): Span[] {
  if (isText(node)) return [{ start: node.getStart(), end: node.end }];
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].flatMap(literalsOf);
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  return [];
}

function proseOfCode(path: string, text: string): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const spans = new Map<number, Span>();
  const add = (start: number, end: number) => spans.set(start, { start, end });
  const visit = (node: ts.Node): void => {
    if (ts.isTokenKind(node.kind)) {
      // Search both places of a token's comments: the end of the previous token's line, and the lines before the token.
      for (const find of [ts.getTrailingCommentRanges, ts.getLeadingCommentRanges])
        for (const { pos, end } of find(text, node.pos) ?? []) add(pos, end);
      return;
    }
    const prose = textOf(node);
    if (prose !== undefined) for (const { start, end } of literalsOf(prose)) add(start, end);
    for (const child of node.getChildren(source)) if (!ts.isJSDoc(child)) visit(child);
  };
  visit(source);
  return keepSpans(text, [...spans.values()], cleanPart);
}

const fences = /^([ \t]*)(```+|~~~+)[^]*?^\1?[ \t]*\2[ \t]*$|<!--[^]*?-->/gm;

function proseOfMarkdown(text: string): string {
  const cover = (part: string): string => part.replace(/[^\s]/g, gap);
  return withoutCodeSpans(text.replace(fences, cover))
    .replace(/\]\([^)\n]*\)/g, cover)
    .replace(/^#+(?= )/gm, (signs) => headingStart.padEnd(signs.length));
}

function proseOfHashComments(text: string): string {
  const comments = [...text.matchAll(/^[ \t]*#(?!!).*$/gm)];
  const spans = comments.map(({ index, 0: line }) => ({ start: index, end: index + line.length }));
  return keepSpans(text, spans, (line) => withoutCodeSpans(line.replace('#', ' ')));
}

/**
 * Returns the text of a file that people read, with blanks for everything else, so that positions do not change. In
 * code, people read comments, test names, summaries, descriptions and messages. In Markdown, they read everything
 * except code. Returns null for other kinds of files.
 */
export function proseOf(path: string, text: string): string | null {
  if (/\.(?:ts|js|cjs|mjs)$/.test(path)) return proseOfCode(path, text);
  if (path.endsWith('.md')) return proseOfMarkdown(text);
  if (/\.(?:ya?ml|sh)$|(?:^|\/)Dockerfile$|^\.ci\//.test(path)) return proseOfHashComments(text);
  return null;
}
