// Which folders of src a folder may import from. A pattern instead of a name allows these files only.
const mayImport = {
  utils: [],
  core: ['utils'],
  config: ['core', 'utils'],
  db: ['core', 'utils'],
  http: ['core', 'db', 'utils'],
  jobs: ['core', 'db', 'utils'],
  // Events and jobs share one leased queue.
  events: ['core', 'db', 'utils', 'jobs/(backoff|leased-queue|reason)\\.ts$'],
  adapters: ['core', 'utils'],
  middleware: ['config', 'core', 'db', 'http', 'types', 'utils'],
  pages: ['core', 'http', 'utils'],
  types: ['core', 'http'],
  api: ['config', 'core', 'db', 'events', 'http', 'jobs', 'utils', 'module\\.ts$'],
  process: [
    ...['adapters', 'config', 'core', 'db', 'events', 'http', 'jobs', 'middleware', 'utils'],
    '(app|module)\\.ts$',
  ],
};

const edges = Object.entries(mayImport).map(([folder, others]) => ({
  name: `edges-of-${folder}`,
  comment:
    'Rule 6. This folder may not import that one. Pass in what it needs, or move the file. See the table at the top.',
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: ['\\.test\\.ts$'] },
  to: {
    path: '^src/',
    pathNot: [folder, ...others].map((other) => `^src/${other}${other.endsWith('$') ? '' : '/'}`),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Rule 7. Files must not import each other in a cycle, not even types. Merge them, or move the shared part into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Rule 7. Nothing imports this file and it imports nothing. Use it or delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^src/(server|worker|cli)\\.ts$',
          '^tests/',
          '\\.test\\.ts$',
          '\\.d\\.ts$',
          '/migrations/[^/]+\\.ts$',
          // Generated modules with a searchable field import it.
          '^src/db/search\\.ts$',
        ],
      },
      to: {},
    },
    ...edges,
    {
      name: 'trusted-only-in-db',
      comment: 'Rule 11. Only src/db uses `trusted`. Validate with a schema or write a type guard.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/db/'] },
      to: { path: '^src/db/trusted\\.ts$' },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The imported file does not exist. Correct the path.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-dev-dependency',
      comment: 'The production image has no dev dependencies. Move the package to "dependencies".',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.test\\.ts$'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'type-only'],
        pathNot: ['node_modules/@types/'],
      },
    },
    {
      name: 'not-to-undeclared',
      comment:
        'The package is not declared in package.json and is installed only by accident of hoisting. Declare it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-to-tests',
      comment: 'Production code does not import code of tests and tools. Move the shared code to src.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.test\\.ts$'] },
      to: { path: ['^dev/', '^tests/', '^scripts/', '\\.test\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    // #region orders
    // The packages of these servers are installed by the benchmark only.
    exclude: { path: ['^bench/peers/'] },
    // #endregion
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
