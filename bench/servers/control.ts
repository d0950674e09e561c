import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

// Loaded into every server before its own code. Reports the resource usage over the IPC channel on request, records CPU
// profiles, and exits when the parent process does.

declare const gc: (() => void) | undefined;

/** The resource usage of a process since its start. */
export interface Usage {
  /** CPU time of all threads in user and system mode, in µs. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  /** The heap in bytes, after garbage collection if the process was started with --expose-gc. */
  readonly heapBytes: number;
}

/** Reports the usage, starts a CPU profile of the main thread, or writes that profile to a file. */
export type Question = 'usage' | 'profile' | { readonly writeProfileTo: string };

// Sample often enough for routes that take only a few hundred µs.
const samplingMicros = 250;
const session = new Session();

async function answer(question: Question): Promise<Usage | 'done'> {
  if (question === 'usage') return usage();
  if (question === 'profile') {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: samplingMicros });
    await session.post('Profiler.start');
    return 'done';
  }
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  await writeFile(question.writeProfileTo, JSON.stringify(profile));
  return 'done';
}

function usage(): Usage {
  if (typeof gc === 'function') gc();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed };
}

process.on('message', (question: Question) => {
  void answer(question).then((reply) => process.send?.(reply));
});
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
