import { lstatSync, readFileSync } from 'node:fs';

/** The text of a file, or the reason it cannot be read. */
export type FileText =
  { readonly text: string } | { readonly problem: 'missing' | 'unreadable' | 'folder' | 'encoding' };

/** Reads a UTF-8 file, which may start with a byte order mark. */
export function readTextFile(path: string): FileText {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'EISDIR') return { problem: 'folder' };
    // If a symbolic link exists but its target does not, report that, because the file was meant to be read.
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return { problem: codeOf(error) === 'ENOENT' && !isThere ? 'missing' : 'unreadable' };
  }
  // Reject text in UTF-16, which has a zero byte in nearly every character.
  if (bytes.includes(0)) return { problem: 'encoding' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'encoding' };
  }
}

// Returns the code of an error without `instanceof Error`, which would fail here: under Jest, Node's own errors belong
// to another realm.
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
