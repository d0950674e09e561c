import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isVersion, packageFor, type NodeBinary, type NodeName } from './node-names.ts';
import { folder, run } from './processes.ts';

const installed = join(folder, 'nodes');

/** Returns the binaries of these names, or the running one if there are none. Installs the missing versions. */
export async function findNodes(
  names: readonly NodeName[],
  log: (line: string) => void,
): Promise<NodeBinary[]> {
  const nodes: NodeBinary[] = [];
  for (const name of names) nodes.push(await findNode(name, log));
  return nodes.length > 0 ? nodes : [await describe(process.execPath)];
}

async function findNode(name: NodeName, log: (line: string) => void): Promise<NodeBinary> {
  if (name.kind === 'path') return describe(resolve(name.path));
  const { version } = name;
  if (isVersion(process.versions.node, version)) return describe(process.execPath);
  const place = join(installed, version);
  const source = packageFor(process.platform, process.arch);
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const path = join(place, 'node_modules', source, binary);
  if (!existsSync(path)) {
    log(`Installing Node ${version} in .data/bench/nodes …`);
    await install(place, `${source}@${version}`, version);
  }
  return describe(path);
}

async function install(place: string, specifier: string, version: string): Promise<void> {
  await mkdir(place, { recursive: true });
  // Write a package.json, because without it npm would install into the clone.
  await writeFile(join(place, 'package.json'), '{ "private": true }\n');
  try {
    await run('npm', ['install', '--prefix', place, '--no-save', '--no-audit', '--no-fund', specifier]);
  } catch (error) {
    await rm(place, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Node ${version} could not be installed from npm. Without a connection to a registry, name a binary: --node /path/to/node.\n${reason}`,
      { cause: error },
    );
  }
}

async function describe(path: string): Promise<NodeBinary> {
  const version = await run(path, ['-p', 'process.versions.node']).then(
    (output) => output.trim(),
    () => '',
  );
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`--node: ${path} is no Node binary that runs here.`);
  const binFolder = join(installed, 'bin', version);
  await rm(binFolder, { recursive: true, force: true });
  await mkdir(binFolder, { recursive: true });
  await symlink(path, join(binFolder, process.platform === 'win32' ? 'node.exe' : 'node'));
  return { version, path, binFolder };
}
