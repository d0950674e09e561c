import { posix } from 'node:path';
import type { Tree } from './tree.ts';

const link = /(?<!!)\[([^\]]+)\]\(([^)\s:]+)\)/g;

/** Returns the page at path `page` with dead links replaced by their text. */
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

/** Returns the anchors of the headings of a Markdown text. */
export const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
