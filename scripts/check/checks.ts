/** A check, run as a Node process with these arguments. */
export interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

/** The folder in which the tools store their caches. `npm ci` deletes it. */
export const cacheFolder = 'node_modules/.cache/check';

const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', `scripts/${path}`, ...args];
const bin = (path: string, ...args: string[]): string[] => [`node_modules/${path}`, ...args];

const tsc = (cache: string, ...args: string[]): string[] =>
  bin(
    'typescript/bin/tsc',
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `${cacheFolder}/${cache}.tsbuildinfo`,
    ...args,
  );

// Options for a tool with a cache. Detect changes by content, because a checkout changes modification times.
const cached = (tool: string): string[] => [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  `${cacheFolder}/${tool}`,
];

const eslint = (...paths: string[]): string[] =>
  bin('eslint/bin/eslint.js', '--max-warnings=0', '--no-warn-ignored', ...cached('eslint'), ...paths);

const prettier = (...paths: string[]): string[] =>
  bin('prettier/bin/prettier.cjs', '--check', '--ignore-unknown', ...cached('prettier'), ...paths);

/** Maps each check to its arguments, slowest check first. */
const all = {
  lint: eslint('.'),
  format: prettier('.'),
  types: tsc('types'),
  generated: script('generate-files.ts', '--check'),
  migrations: script('generate-migration.ts', '--check'),
  imports: bin(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['src', 'dev', 'scripts', 'tests', 'bench'],
    ...['--config', '.dependency-cruiser.cjs'],
  ),
  'client-types': tsc('client-types', '-p', 'clients/typescript'),
  // #region template
  // Check this only in the template, because a product chooses its own writing style.
  language: script('check-language.ts'),
  // #endregion
} as const;

export const checks: readonly Check[] = Object.entries(all).map(([name, args]) => ({ name, args }));

// With more changed files, check the whole tree, which is fast with caches. More paths might exceed the length of a
// command line on Windows (32,767 characters).
const maxFiles = 200;

/** Returns the checks of `npm run check:quick`: types of everything, and lint and format of these files. */
export function quickChecks(files: readonly string[]): Check[] {
  const isWhole = files.length > maxFiles;
  const code = isWhole ? ['.'] : files.filter((file) => /\.(?:ts|js|cjs|mjs)$/.test(file));
  const text = isWhole ? ['.'] : files;
  return [
    ...(code.length > 0 ? [{ name: 'lint', args: eslint(...code) }] : []),
    { name: 'types', args: all.types },
    ...(text.length > 0 ? [{ name: 'format', args: prettier(...text) }] : []),
  ];
}
