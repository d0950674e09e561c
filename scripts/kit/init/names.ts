import { sqlWords, typescriptWords } from '../generate/reserved.ts';

/** The forms of a product's name. All except the first contain only ASCII and cause no problem in any file. */
export interface ProductNames {
  /** The name as users see it: `Café "Zürich"`. */
  readonly display: string;
  /** The name in ASCII, for comments, YAML and text in code: `Cafe Zurich`. */
  readonly plain: string;
  /** The name of packages and images: `cafe-zurich`. */
  readonly kebab: string;
  /** The name of databases, roles and volumes: `cafe_zurich`. */
  readonly snake: string;
  readonly camel: string;
  readonly pascal: string;
}

const longestSlug = 30;
const slugForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const plainForm = /^[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*$/;

// Letters that Unicode normalization does not split into a base letter and an accent.
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

/**
 * Returns the ASCII words of a name, up to 30 characters joined by hyphens (`longestSlug`). Puts App in front of a
 * leading digit. If no word remains, returns My and Product.
 */
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

// Reserved words: YAML reads some of them as booleans, and PostgreSQL reserves others.
const words = new Set(
  'yes no on off true false null y n nan inf postgres public template0 template1 information test node'.split(
    ' ',
  ),
);

/** Returns whether a language, PostgreSQL or a package already uses this name. */
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

/** Returns true if a technical name is valid, otherwise an error message. */
export const validateSlug = (slug: string, packages: ReadonlySet<string>): true | string =>
  slugForm.test(slug) && slug.length <= longestSlug && slug !== 'strata' && !isReserved(slug, packages)
    ? true
    : `"${slug}" is not a valid technical name. Use 1 to ${longestSlug} lower-case letters and digits with single - between them, starting with a letter, and no word that a language or a package uses.`;

/**
 * Returns all forms of a name. `packages` are the names of the clone's dependencies, which the product must not use.
 */
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

/** Returns true if the name of a product is valid, otherwise an error message. */
export function validateName(name: string): true | string {
  if (/^strata$/i.test(name)) return 'This is the name of the template. Choose another name.';
  const isLine = name.length <= 60 && name === name.trim() && !/ {2}|[^\S ]|[^\P{C}\u200d]/u.test(name);
  return isLine && /[\p{L}\p{N}\p{P}\p{S}]/u.test(name)
    ? true
    : `"${name}" is not a valid name. Use one line of at most 60 characters, without leading, trailing or double spaces and control characters.`;
}
