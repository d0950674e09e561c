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
        pathNot: ['^src/(server|worker|cli)\\.ts$', '\\.test\\.ts$', '\\.d\\.ts$', '/migrations/[^/]+\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-dev-dependency',
      comment:
        'The image has no dev dependencies. Only the embedded database, which never runs there, may use one.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.test\\.ts$', '^src/db/embedded[^/]*\\.ts$', '^src/db/embedded/'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'type-only'],
        pathNot: ['node_modules/@types/'],
      },
    },
    {
      name: 'not-to-undeclared',
      comment: 'The package is not in package.json: it is there by luck.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-tests',
      comment: 'What is shipped does not import what tests or tools need.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.test\\.ts$'] },
      to: { path: ['^tests/', '^scripts/', '\\.test\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^tests/', '^scripts/'] },
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
