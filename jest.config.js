// Tests must ignore database variables and NODE_ENV of the shell. Workers inherit this environment.
for (const name of Object.keys(process.env))
  if (/^PG[A-Z]+$/.test(name) && name !== 'PGPASSWORD' && name !== 'PGPASSFILE') delete process.env[name];
process.env.NODE_ENV = 'test';

const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, useDefineForClassFields: false },
  target: 'es2022',
};

// Coverage and watch mode need Jest's own runtime, which loads every module again for each test file.
const isLoadedOnce = !process.argv.some((argument) => /^--(?:coverage|watch)/.test(argument));

/** Tests of processes, and of commands on copies of the clone. */
export const e2eFolders = ['tests/e2e', 'tests/kit'];

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  // jest.e2e.config.js runs these.
  testPathIgnorePatterns: ['/node_modules/', ...e2eFolders.map((folder) => `^<rootDir>/${folder}/`)],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc, sourceMaps: 'inline' }] },
  globalSetup: '<rootDir>/tests/helpers/global-setup.ts',
  globalTeardown: '<rootDir>/tests/helpers/global-teardown.ts',
  // Only ends tests that hang; no test may fail because the machine is slow.
  testTimeout: 900_000,
  ...(isLoadedOnce && { runtime: `${import.meta.dirname}/tests/runtime/runtime.js` }),
  maxWorkers: 2,
  collectCoverageFrom: [
    'src/**/*.ts',
    '!src/**/*.test.ts',
    '!src/**/migrations/**',
    '!src/types/**',
    // tests/e2e runs these as separate processes, without coverage.
    '!src/{server,cli,worker}.ts',
    '!src/process/{http-process,http-server,shutdown,startup,worker-process}.ts',
    '!src/**/*.seed.ts',
  ],
  coverageThreshold: { global: { statements: 95, branches: 90, functions: 92, lines: 95 } },
  coverageDirectory: 'coverage',
};
