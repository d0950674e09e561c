/**
 * Returns whether version `after` may break clients of version `before`. A higher major version may. Before 1.0.0, a
 * higher minor version may too.
 */
export function mayBreak(before: string, after: string): boolean {
  const [[oldMajor = 0, oldMinor = 0], [major = 0, minor = 0]] = [before, after].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return major > oldMajor || (major === 0 && oldMajor === 0 && minor > oldMinor);
}
