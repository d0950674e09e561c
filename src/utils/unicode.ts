// Rendered as nothing, although Unicode counts them as marks, symbols or letters: the Khitan filler, the braille blank,
// the null notehead and the Egyptian blanks.
const blanks = '\\u{16FE4}\\u2800\\u{1D159}\\u{13441}\\u{13442}';
const ignorables = '\\p{Default_Ignorable_Code_Point}';
const unseen = `${blanks}${ignorables}\\p{Noncharacter_Code_Point}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}`;

const ignorable = new RegExp(ignorables, 'u');
const allIgnorable = new RegExp(ignorables, 'gu');
const visible = new RegExp(`[^${unseen}]`, 'u');
// A private-use character looks different everywhere, or like nothing.
const invisible = new RegExp(`[${unseen}\\p{Co}]`, 'u');

/** Returns whether a text shows anything: white space, controls, joiners, fillers and the like do not count. */
export const hasVisibleContent = (text: string): boolean => visible.test(text);

/** Returns whether a text has a character that cannot be seen. */
export const hasInvisibleCharacter = (text: string): boolean => invisible.test(text);

/** Returns whether a text has a character that renderers leave out, such as a soft hyphen or a zero-width space. */
export const hasIgnorableCharacter = (text: string): boolean => ignorable.test(text);

/** Returns a text without the characters that renderers leave out. */
export const withoutIgnorable = (text: string): string => text.replace(allIgnorable, '');

/** Counts characters, not UTF-16 units: an emoji outside the basic plane is one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

/** Counts the characters that renderers do not leave out. White space counts. */
export const countContent = (text: string): number => countCharacters(withoutIgnorable(text));
