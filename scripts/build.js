// This script is plain JavaScript without dependencies, because it is the only script that the build of the image
// copies.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArguments, root } from './preflight.js';

const usage = `Compiles the service to a clean dist folder:
  npm run build
It takes no options.
`;

readArguments(usage, () => false);
rmSync(new URL('dist', root), { recursive: true, force: true });
const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));
const options = { cwd: fileURLToPath(root), stdio: 'inherit' };
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], options);
process.exitCode = status ?? 1;
