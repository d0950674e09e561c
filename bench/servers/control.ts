// Loaded before the server's own code, whichever server it is: tells what the process has used when it is asked, on
// the channel to the process that started it, and ends with that one.

declare const gc: (() => void) | undefined;

/** What a process has used since it started. */
export interface Usage {
  /** User and system time of all its threads, in µs. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  /** What is alive, where the process was started with --expose-gc. */
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
