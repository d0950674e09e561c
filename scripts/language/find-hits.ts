import { docStart, headingStart, proseOf } from './prose.ts';
import { rules as allRules, type Rule } from './rules.ts';

export interface Hit {
  readonly line: number;
  readonly text: string;
  readonly better: string;
}

const starts: Readonly<Record<NonNullable<Rule['at']>, string>> = {
  'start of a doc comment': `${docStart}\\s*`,
  'start of a heading': `${headingStart}\\s*`,
  'start of a sentence': '(?:[.!?]\\s+|[\\0-\\x02]\\s*)',
};

function patternOf({ phrase, at }: Rule): RegExp {
  const words = `\\b(?:${phrase.replaceAll(' ', '\\s+')})\\b`;
  return new RegExp(at === undefined ? words : `(?<=${starts[at]})${words}`, 'gi');
}

/** Returns the words of a file that the writing style forbids, in the order of lines. */
export function findHits(path: string, text: string, rules: readonly Rule[] = allRules): Hit[] {
  const prose = proseOf(path, text);
  if (prose === null) return [];
  const hits = rules.flatMap((rule) =>
    [...prose.matchAll(patternOf(rule))].map(({ index, 0: found }) => ({
      line: prose.slice(0, index).split('\n').length,
      text: found.replace(/\s+/g, ' '),
      better: rule.better,
    })),
  );
  return hits.sort((a, b) => a.line - b.line);
}

/**
 * Parses an allow-list. Each line contains a path and a phrase that is allowed there. A path that ends with `/` means a
 * folder, and `*` means any phrase.
 */
export function readAllowList(list: string): (path: string, hit: Hit) => boolean {
  const entries = list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^(\S+)\s+(.+)$/.exec(line)?.slice(1) ?? [line]);
  return (path, { text }) =>
    entries.some(
      ([place = '', phrase = '']) =>
        (place.endsWith('/') ? path.startsWith(place) : path === place) &&
        (phrase === '*' || phrase.toLowerCase() === text.toLowerCase()),
    );
}
