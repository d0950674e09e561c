// Which folders of src a folder may import from. A pattern instead of a name allows these files only.
const mayImport = {
  utils: [],
  core: ['utils'],
  config: ['core', 'utils'],
  db: ['core', 'utils'],
  http: ['core', 'db', 'utils'],
  jobs: ['core', 'db', 'utils'],
  // The two queues lease and retry their work in the same way.
  events: ['core', 'db', 'utils', 'jobs/(backoff|leased-queue|reason)\\.ts$'],
  adapters: ['core', 'utils'],
  middleware: ['config', 'core', 'db', 'http', 'types', 'utils'],
  pages: ['core', 'http', 'utils'],
  types: ['core', 'http', 'middleware'],
  api: ['config', 'core', 'db', 'events', 'http', 'jobs', 'utils', 'module\\.ts$'],
  process: [
    ...['adapters', 'config', 'core', 'db', 'events', 'http', 'jobs', 'middleware', 'utils'],
    '(app|module)\\.ts$',
  ],
};

const edges = Object.entries(mayImport).map(([folder, others]) => ({
  name: `edges-of-${folder}`,
  comment:
    'Rule 6. This folder may not import that one: pass it what it needs, or move the file. The table is above.',
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
        'Rule 6. Two files that need each other are one idea, or lack a third. Types count: a cycle of types is still one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Rule 6. Nothing imports this file and it imports nothing: wire it or delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^src/(server|worker|cli)\\.ts$',
          '^tests/',
          '\\.test\\.ts$',
          '\\.d\\.ts$',
          '/migrations/[^/]+\\.ts$',
        ],
      },
      to: {},
    },
    ...edges,
    {
      name: 'not-to-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-dev-dependency',
      comment: 'The image has no dev dependencies.',
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
        'The package is not in package.json, and is only there because npm hoists it; with pnpm it is missing. Declare it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-to-tests',
      comment: 'What is shipped does not import what tests or tools need.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.test\\.ts$'] },
      to: { path: ['^dev/', '^tests/', '^scripts/', '\\.test\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
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
