const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, useDefineForClassFields: false },
  target: 'es2022',
};

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  testEnvironment: '<rootDir>/tests/helpers/contract-environment.ts',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc, sourceMaps: 'inline' }] },
  globalSetup: '<rootDir>/tests/helpers/global-setup.ts',
  globalTeardown: '<rootDir>/tests/helpers/global-teardown.ts',
  testTimeout: 30_000,
  maxWorkers: 2,
  collectCoverageFrom: [
    'src/**/*.ts',
    '!src/**/*.test.ts',
    '!src/**/migrations/**',
    '!src/types/**',
    // Run as processes of their own, by tests/e2e and tests/db, where nothing is counted.
    '!src/{server,serve,lifecycle,cli,work,worker}.ts',
    '!src/**/*.seed.ts',
    '!src/db/embedded/**',
  ],
  coverageThreshold: { global: { statements: 95, branches: 90, functions: 92, lines: 95 } },
  coverageDirectory: 'coverage',
};
