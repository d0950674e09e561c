import { posix } from 'node:path';
import type { Tree } from './tree.ts';

const link = /(?<!!)\[([^\]]+)\]\(([^)\s:]+)\)/g;

/** Returns a page after replacing each dead link with its text. `page` is the path of the page. */
export function withoutDeadLinks(
  tree: Tree,
  page: string,
  isGone: (path: string, anchor: string | undefined) => boolean,
): string {
  return tree.read(page).replace(link, (match, text: string, target: string) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : posix.join(posix.dirname(page), path);
    return isGone(file, anchor) ? text : match;
  });
}

/** Returns the anchors that the headings of a Markdown text have. */
export const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
