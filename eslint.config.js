import js from '@eslint/js';
import { FlatCompat } from '@eslint/eslintrc';

// ESLint 10 no longer reads .eslintrc.json, where the rules are. This file loads them.
const compat = new FlatCompat({
  baseDirectory: import.meta.dirname,
  recommendedConfig: js.configs.recommended,
});

export default [
  // The packages of bench/peers are installed by the benchmark only.
  { ignores: ['**/dist/', 'coverage/', 'node_modules/', '.data/', 'bench/peers/'] },
  ...compat.extends('./.eslintrc.json'),
];
