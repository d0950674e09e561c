const known = /secret|password|change.?me|example|default|test|demo|your|insecure|12345|abcdef|qwerty/gi;

/** Bits of entropy by the frequency of the characters: an upper bound, good for catching what was typed by hand. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / text.length), 0);
}

/** A random secret may hold a short known word by chance, but not be made of them. */
const isWordy = (text: string): boolean => {
  const letters = [...text.matchAll(known)].reduce((sum, [word]) => sum + word.length, 0);
  return letters * 6 >= text.length;
};

/** Whether a secret looks like one that was not made at random: few characters, a known word, a repeated pattern. */
export const isWeakSecret = (text: string): boolean =>
  entropyBits(text) < 96 || isWordy(text) || /^(.{1,16})\1+$/.test(text);
