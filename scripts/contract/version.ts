/**
 * Returns whether a version may contain breaking changes compared to another: its major version is higher or, before
 * 1.0.0, its minor version.
 */
export function mayBreak(before: string, after: string): boolean {
  const [[oldMajor = 0, oldMinor = 0], [major = 0, minor = 0]] = [before, after].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return major > oldMajor || (major === 0 && oldMajor === 0 && minor > oldMinor);
}
