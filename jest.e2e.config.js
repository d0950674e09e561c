import config, { e2eFolders } from './jest.config.js';

// `npm run test:e2e`: the tests that start processes.
export default {
  ...config,
  roots: e2eFolders.map((folder) => `<rootDir>/${folder}`),
  testPathIgnorePatterns: ['/node_modules/'],
};
