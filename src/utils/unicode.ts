// Characters that show nothing, although Unicode classifies them as marks, symbols or letters: the Khitan filler, the
// braille blank, the null notehead and the Egyptian blanks.
const blanks = '\\u{16FE4}\\u2800\\u{1D159}\\u{13441}\\u{13442}';
const ignorables = '\\p{Default_Ignorable_Code_Point}';
const unseen = `${blanks}${ignorables}\\p{Noncharacter_Code_Point}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}`;

const ignorable = new RegExp(ignorables, 'u');
const allIgnorable = new RegExp(ignorables, 'gu');
const visible = new RegExp(`[^${unseen}]`, 'u');
// Private-use characters count as invisible, because many fonts show nothing for them.
const invisible = new RegExp(`[${unseen}\\p{Co}]`, 'u');

/**
 * Returns whether a text shows anything. White space, controls, joiners, fillers and similar characters show nothing.
 */
export const hasVisibleContent = (text: string): boolean => visible.test(text);

/** Returns whether a text has a character that shows nothing. */
export const hasInvisibleCharacter = (text: string): boolean => invisible.test(text);

/** Returns whether a text has a character that is not rendered, such as a soft hyphen or a zero-width space. */
export const hasIgnorableCharacter = (text: string): boolean => ignorable.test(text);

/** Returns a text without the characters that are not rendered. */
export const withoutIgnorable = (text: string): string => text.replace(allIgnorable, '');

/** Counts characters, not UTF-16 units: an emoji outside the basic plane counts once. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

/** Counts the characters that are rendered. White space counts. */
export const countContent = (text: string): number => countCharacters(withoutIgnorable(text));
