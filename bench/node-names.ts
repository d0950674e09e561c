/** A Node binary that runs the servers. */
export interface NodeBinary {
  readonly version: string;
  readonly path: string;
  /** A folder where `node` is this binary, for commands that find it through PATH. */
  readonly binFolder: string;
}

/** A value of `--node`: a version such as `24` or `24.21.0`, or the path of a binary. */
export type NodeName =
  { readonly kind: 'version'; readonly version: string } | { readonly kind: 'path'; readonly path: string };

/** Parses a value of `--node`. Throws if it is neither a version nor a path. */
export function parseNode(text: string): NodeName {
  if (/[/\\]/.test(text)) return { kind: 'path', path: text };
  if (/^\d+(?:\.\d+){0,2}$/.test(text)) return { kind: 'version', version: text };
  throw new Error(`--node ${text} is neither a version, such as 24, nor the path of a binary.`);
}

/** Returns whether a full version matches a requested one: 24.21.0 matches 24. */
export const isVersion = (version: string, requested: string): boolean =>
  version === requested || version.startsWith(`${requested}.`);

/** Returns the npm package with the binary of Node for a platform. */
export function packageFor(platform: string, architecture: string): string {
  const prefix = platform === 'darwin' && architecture === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${architecture}`;
}
