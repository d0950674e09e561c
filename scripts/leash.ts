// Loaded into the server before its own code: the server runs in a process group of its own, so nothing else would
// end it when the process that started it is killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
