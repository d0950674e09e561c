/**
 * Whether a version may break what was promised with another one: its major is higher, or, before 1.0.0,
 * its minor (as semver's caret reads it).
 */
export function mayBreak(before: string, after: string): boolean {
  const [[oldMajor = 0, oldMinor = 0], [major = 0, minor = 0]] = [before, after].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return major > oldMajor || (major === 0 && oldMajor === 0 && minor > oldMinor);
}
