import { parentPort } from 'node:worker_threads';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

// The snippets are of files that do not exist, so the rules that need their types are left out.
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    rules: tseslint.configs.disableTypeChecked.rules,
    languageOptions: { parserOptions: { projectService: false, project: false } },
  },
});

async function lint({ filePath, code }) {
  const [result] = await eslint.lintText(code, { filePath });
  return { findings: result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })) };
}

// A failure is an answer too: a dead thread would leave every later case waiting.
parentPort.on('message', async (snippet) => {
  parentPort.postMessage(await lint(snippet).catch((error) => ({ error })));
});
