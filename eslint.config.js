import js from '@eslint/js';
import { FlatCompat } from '@eslint/eslintrc';

// ESLint 10 no longer reads .eslintrc.json, where the rules are. This file loads them.
const compat = new FlatCompat({
  baseDirectory: import.meta.dirname,
  recommendedConfig: js.configs.recommended,
});

export default [
  { ignores: ['**/dist/', 'coverage/', 'node_modules/', '.data/'] },
  // #region orders
  // The packages of these servers are installed by the benchmark only.
  { ignores: ['bench/peers/'] },
  // #endregion
  ...compat.extends('./.eslintrc.json'),
];
