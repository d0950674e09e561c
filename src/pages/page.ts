import { escapeHtml } from '../utils/html.ts';

interface PageOptions {
  /** The title as plain text. */
  readonly title: string;
  readonly language?: string;
  readonly stylesheet: string;
  /** The address of the icon. If omitted, the page has no icon. */
  readonly icon?: string;
  /** The addresses of scripts. The scripts run in this order after the page is parsed. */
  readonly scripts?: readonly string[];
}

/**
 * Returns an HTML document with this content in its body. The options are escaped. The content must already be HTML.
 */
export function htmlPage(
  { title, language = 'en', stylesheet, icon = 'data:,', scripts = [] }: PageOptions,
  content: string,
): string {
  const links = [
    `<link rel="stylesheet" href="${escapeHtml(stylesheet)}">`,
    `<link rel="icon" href="${escapeHtml(icon)}">`,
    ...scripts.map((src) => `<script src="${escapeHtml(src)}" defer></script>`),
  ];
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    ${links.join('\n    ')}
  </head>
  <body>
    ${content}
  </body>
</html>
`;
}
