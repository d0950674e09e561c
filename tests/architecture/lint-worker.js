import { parentPort } from 'node:worker_threads';
import plugin from '@typescript-eslint/eslint-plugin';
import { ESLint } from 'eslint';

// The linted files do not exist, so rules that need type information are disabled.
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    rules: plugin.configs['disable-type-checked'].rules,
    languageOptions: { parserOptions: { projectService: false, project: false } },
  },
});

async function lint({ filePath, code }) {
  const [result] = await eslint.lintText(code, { filePath });
  return { findings: result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })) };
}

// Sends errors back, because a crashed thread would leave later test cases waiting.
parentPort.on('message', async (snippet) => {
  parentPort.postMessage(await lint(snippet).catch((error) => ({ error })));
});
