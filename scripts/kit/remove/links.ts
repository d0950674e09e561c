import { posix } from 'node:path';
import type { Tree } from './tree.ts';

const link = /(?<!!)\[([^\]]+)\]\(([^)\s:]+)\)/g;

/** The page with the links that lead to nothing turned into their text. `page` is the path of the file. */
export function withoutDeadLinks(
  tree: Tree,
  page: string,
  isGone: (path: string, anchor: string | undefined) => boolean,
): string {
  return tree.read(page).replace(link, (whole, text: string, target: string) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : posix.join(posix.dirname(page), path);
    return isGone(file, anchor) ? text : whole;
  });
}

/** The anchors of a Markdown text, as its headings make them. */
export const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
