// Loaded into every server before its own code. Reports the resource usage over the IPC channel on request, and exits
// when the parent process does.

declare const gc: (() => void) | undefined;

/** The resource usage of a process since its start. */
export interface Usage {
  /** CPU time of all threads in user and system mode, in µs. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  /** The heap in bytes, after garbage collection if the process was started with --expose-gc. */
  readonly heapBytes: number;
}

process.on('message', (question) => {
  if (question !== 'usage') return;
  if (typeof gc === 'function') gc();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const usage: Usage = { cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed };
  process.send?.(usage);
});
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
