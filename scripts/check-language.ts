import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { findHits, readAllowList } from './language/find-hits.ts';
import { Tree } from './kit/remove/tree.ts';

const usage = `Finds words that the writing style avoids in comments, docs, test names and API texts:
  npm run check:language
  npm run check:language -- src/core docs
scripts/language/rules.ts lists the words, scripts/language/allowed.txt the exceptions.
Options:
  --count        prints only the number of hits per folder
`;
const { values, positionals } = readCommandLine(usage, {
  allowPositionals: true,
  options: { count: { type: 'boolean' } },
});

const root = resolve(import.meta.dirname, '..');
const isAllowed = readAllowList(readFileSync(join(root, 'scripts/language/allowed.txt'), 'utf8'));
const tree = new Tree(root);
const places = positionals.length === 0 ? [''] : positionals.map((path) => path.replace(/\/$/, ''));
const paths = [...new Set(places.flatMap((place) => tree.list(place)))];

const hits = paths.flatMap((path) =>
  findHits(path, tree.read(path))
    .filter((hit) => !isAllowed(path, hit))
    .map((hit) => ({ path, ...hit })),
);

const folderOf = (path: string): string => path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';

if (values.count === true) {
  const counts = new Map<string, number>();
  for (const { path } of hits) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  for (const [folder, count] of counts) process.stdout.write(`${String(count).padStart(5)}  ${folder}\n`);
} else {
  for (const { path, line, text, better } of hits)
    process.stdout.write(`${path}:${line}: "${text}": write ${better}\n`);
}
if (hits.length > 0) {
  process.stdout.write(`${hits.length} hits in ${new Set(hits.map(({ path }) => path)).size} files.\n`);
  process.exitCode = 1;
}
