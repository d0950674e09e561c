/** One check: the arguments of the Node process that runs it. */
export interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

/** The caches of the tools. `npm ci` deletes them. */
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

// By content and not by time: a checkout changes the times of files.
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

/** Name of each check → its arguments, the longest first. */
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
} as const;

export const checks: readonly Check[] = Object.entries(all).map(([name, args]) => ({ name, args }));

// The command line of Windows has 32,767 characters. Beyond that, the caches make the whole tree fast enough.
const maxFiles = 200;

/** Returns the checks of `npm run check:quick`: types, and lint and format of these files only. */
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
