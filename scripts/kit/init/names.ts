import { sqlWords, typescriptWords } from '../generate/reserved.ts';

/** The spellings of a product's name. All but the first are ASCII and safe in any file. */
export interface ProductNames {
  /** As people read it: `Café "Zürich"`. */
  readonly display: string;
  /** In comments, YAML and text within code: `Cafe Zurich`. */
  readonly plain: string;
  /** Packages and images: `cafe-zurich`. */
  readonly kebab: string;
  /** Databases, roles and volumes: `cafe_zurich`. */
  readonly snake: string;
  readonly camel: string;
  readonly pascal: string;
}

const longestSlug = 30;
const slugForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const plainForm = /^[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*$/;

// What Unicode does not take apart.
const letters: Readonly<Record<string, string>> = {
  ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D',
  þ: 'th', Þ: 'Th', ħ: 'h', Ħ: 'H', ı: 'i', ĸ: 'k', ŋ: 'n', Ŋ: 'N', ŧ: 't', Ŧ: 'T',
}; // prettier-ignore

const toAscii = (text: string): string =>
  text
    .replace(/['’‘ʼ`]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => letters[letter] ?? ' ');

/** Returns the words of a name in ASCII, as many as fit; `My Product` if none is left. */
function wordsOf(display: string): string[] {
  const all = toAscii(display)
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const words = /^[A-Za-z]/.test(all[0] ?? 'A') ? all : ['App', ...all];
  const [first = 'My', ...more] = words.length > 0 ? words : ['My', 'Product'];
  const kept = [first.slice(0, longestSlug)];
  for (const word of more) {
    if ([...kept, word].join('-').length > longestSlug) break;
    kept.push(word);
  }
  return kept;
}

// YAML reads some of these as true or false, and PostgreSQL keeps some for itself.
const words = new Set(
  'yes no on off true false null y n nan inf postgres public template0 template1 information test node'.split(
    ' ',
  ),
);

/** Returns whether something else has this name already: a language, PostgreSQL or a package. */
const isReserved = (slug: string, packages: ReadonlySet<string>): boolean =>
  words.has(slug) ||
  slug.startsWith('pg-') ||
  slug === 'pg' ||
  sqlWords.has(slug) ||
  typescriptWords.has(slug) ||
  packages.has(slug) ||
  `${pascalOf(slug)}Error` in globalThis;

const pascalOf = (kebab: string): string =>
  kebab.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Returns what is wrong with a technical name, or true. */
export const judgeSlug = (slug: string, packages: ReadonlySet<string>): true | string =>
  slugForm.test(slug) && slug.length <= longestSlug && slug !== 'strata' && !isReserved(slug, packages)
    ? true
    : `"${slug}" cannot be a technical name here: 1 to ${longestSlug} small letters and digits with single - between them, beginning with a letter, and no word that a language or a package uses.`;

/** Returns the spellings of a name; `packages` are the names that the clone's dependencies have. */
export function namesOf(
  display: string,
  { slug, packages = new Set() }: { slug?: string | undefined; packages?: ReadonlySet<string> } = {},
): ProductNames {
  const parts = wordsOf(display);
  const derived = parts.join('-').toLowerCase();
  const kebab = slug ?? (isReserved(derived, packages) ? `app-${derived}` : derived);
  const pascal = pascalOf(kebab);
  return {
    display,
    plain: plainForm.test(display) && display.length <= longestSlug ? display : parts.join(' '),
    kebab,
    snake: kebab.replaceAll('-', '_'),
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
  };
}

/** Returns what is wrong with the name of a product, or true. */
export function judgeName(name: string): true | string {
  if (/^strata$/i.test(name)) return 'That is the name of the template: choose another.';
  const isLine = name.length <= 60 && name === name.trim() && !/ {2}|[^\S ]|[^\P{C}\u200d]/u.test(name);
  return isLine && /[\p{L}\p{N}\p{P}\p{S}]/u.test(name)
    ? true
    : `"${name}" cannot be a name here: one line of at most 60 characters, without spaces around it, double spaces and control characters.`;
}
