import { spawnSync } from 'node:child_process';
import type { Plan } from './plan.ts';
import type { Tree } from './tree.ts';

/** The files that scripts/generate-files.ts writes. */
export const generatedFiles = [
  '.env.example',
  'docs/kernel.md',
  'docs/permissions.md',
  'openapi.json',
  'clients/typescript/src/schema.ts',
  'clients/typescript/src/operations.ts',
];

/**
 * Writes the planned changes. Also updates the lock file and the generated files. If a step fails, restores everything
 * and throws an error that names the step.
 */
export function applyPlan(tree: Tree, { packages }: Plan): void {
  for (const path of ['package-lock.json', ...generatedFiles]) tree.includeInRestore(path);
  const restore = tree.commit();
  try {
    if (packages.length > 0) run(tree.root, 'npm', [...uninstall, ...packages]);
    run(tree.root, process.execPath, ['--import', 'tsx', 'scripts/generate-files.ts']);
  } catch (error) {
    restore();
    throw error;
  }
}

// The options of npm that update only the lock file. They need no network. The packages remain in node_modules, where
// they cause no harm.
const uninstall = ['uninstall', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];

function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new Error(`\`${[command, ...args].join(' ')}\` failed; all changes were rolled back:\n${reason}`);
}
