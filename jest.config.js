// What a shell says of other databases, or of another environment, is not for tests; workers inherit what is left.
for (const name of Object.keys(process.env))
  if (/^PG[A-Z]+$/.test(name) && name !== 'PGPASSWORD' && name !== 'PGPASSFILE') delete process.env[name];
process.env.NODE_ENV = 'test';

const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, useDefineForClassFields: false },
  target: 'es2022',
};

// Coverage counts what Jest has compiled, and watching must see what has changed: both load everything for each file.
const isLoadedOnce = !process.argv.some((argument) => /^--(?:coverage|watch)/.test(argument));

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc, sourceMaps: 'inline' }] },
  globalSetup: '<rootDir>/tests/helpers/global-setup.ts',
  globalTeardown: '<rootDir>/tests/helpers/global-teardown.ts',
  // No test fails because the machine is slow: this only ends one that hangs.
  testTimeout: 900_000,
  ...(isLoadedOnce && { runtime: `${import.meta.dirname}/tests/runtime/runtime.js` }),
  maxWorkers: 2,
  collectCoverageFrom: [
    'src/**/*.ts',
    '!src/**/*.test.ts',
    '!src/**/migrations/**',
    '!src/types/**',
    // Run as processes of their own, by tests/e2e, where nothing is counted.
    '!src/{server,cli,worker}.ts',
    '!src/process/{http-process,http-server,shutdown,startup,worker-process}.ts',
    '!src/**/*.seed.ts',
  ],
  coverageThreshold: { global: { statements: 95, branches: 90, functions: 92, lines: 95 } },
  coverageDirectory: 'coverage',
};
