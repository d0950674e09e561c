import js from '@eslint/js';
import { FlatCompat } from '@eslint/eslintrc';

// ESLint 10 does not read .eslintrc.json by itself. The rules live there; this file only hands them over.
const compat = new FlatCompat({
  baseDirectory: import.meta.dirname,
  recommendedConfig: js.configs.recommended,
});

export default [
  { ignores: ['**/dist/', 'coverage/', 'node_modules/', '.data/'] },
  ...compat.extends('./.eslintrc.json'),
];
