/** Reads the CPU time of the children from the output of `times`: `0m15.89s 0m2.87s` on its second line. */
export function cpuSecondsIn(output: string): number {
  const [, user, system] = /^\d+m[\d.]+s \d+m[\d.]+s\s+(\d+m[\d.]+s) (\d+m[\d.]+s)\s*$/m.exec(output) ?? [];
  if (user === undefined || system === undefined) throw new Error(`There are no times in: ${output}`);
  return secondsOf(user) + secondsOf(system);
}

function secondsOf(text: string): number {
  const [minutes = '', seconds = ''] = text.replace('s', '').split('m');
  return Number(minutes) * 60 + Number(seconds);
}
