/** A CPU profile of V8, as `node:inspector` returns it. Times are in µs. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly scriptId: string;
      readonly url: string;
    };
  }[];
  /** The node of each sample, and the time since the previous sample. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

// Exclude the time outside of JavaScript: waiting, and work of V8 and the kernel that no function started.
const excluded = new Set(['(idle)', '(program)', '(root)']);

/** Returns the self time of each package in µs, largest first. The code of this repository counts by folder. */
export function selfTimeByPackage({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const packages = new Map(
    nodes.map(({ id, callFrame }) => [
      id,
      excluded.has(callFrame.functionName) ? undefined : packageOf(callFrame),
    ]),
  );
  const times = new Map<string, number>();
  for (const [index, sample] of samples.entries()) {
    const name = packages.get(sample);
    // A sample shows the function that runs until the next sample, so the time of the next one counts.
    const micros = timeDeltas[index + 1];
    if (name === undefined || micros === undefined) continue;
    times.set(name, (times.get(name) ?? 0) + micros);
  }
  return new Map([...times].sort(([, a], [, b]) => b - a));
}

type CallFrame = CpuProfile['nodes'][number]['callFrame'];

/** Returns the package or folder of a function. */
function packageOf({ functionName, scriptId, url }: CallFrame): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url.startsWith('node:')) return 'node';
  if (url === '') return scriptId === '0' ? nativeOf(functionName) : 'code compiled at run time';
  const [, installed] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return installed ?? folderOf(url);
}

// Returns the group of a native (C++) function. Functions that write to a socket or file are separate, because they
// wait for the kernel.
const nativeOf = (functionName: string): string =>
  /^write/.test(functionName) ? 'system calls for writing' : 'native functions';

/**
 * Returns the source folder of a file of the service, at most two levels below src: `dist/api/products/product.view.js`
 * → `src/api/products`. Returns `bench` for a file outside dist.
 */
function folderOf(url: string): string {
  const [, own] = /\/dist\/(.+)$/.exec(url) ?? [];
  if (own === undefined) return 'bench';
  const folders = own.split('/').slice(0, -1).slice(0, 2);
  return ['src', ...folders].join('/');
}
