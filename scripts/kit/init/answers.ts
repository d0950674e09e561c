import { removable } from '../remove/choose.ts';
import type { Module } from '../remove/modules.ts';
import { Refusal } from '../remove/refusal.ts';
import { validateName, validateSlug } from './names.ts';

export const licenses = ['MIT', 'UNLICENSED'] as const;
export type License = (typeof licenses)[number];

/** The user's choices for a new product. */
export interface Answers {
  /** The product's name as users see it, such as `Acme Shop`. */
  readonly name: string;
  /**
   * The technical name of packages, databases and images, such as `acme-shop`. It is derived from `name` by default.
   */
  readonly slug?: string | undefined;
  readonly description: string;
  readonly license: License;
  /** The copyright holder, such as `Acme Ltd`. */
  readonly holder: string;
  /** The optional modules to keep. */
  readonly keep: readonly string[];
}

/** Returns true if a text has a single line, otherwise an error message. */
export const validateLine = (what: string, text: string): true | string =>
  text.length <= 199 && text.trim() !== '' && text === text.trim() && !/[^\S ]|[^\P{C}\u200d]/u.test(text)
    ? true
    : `The ${what} must be one line of at most 199 characters, without leading or trailing spaces and control characters.`;

/** Returns true if these modules can be kept together, otherwise an error message. */
export function validateKeptModules(
  keep: readonly string[],
  modules: ReadonlyMap<string, Module>,
): true | string {
  const optional = removable(modules).map(({ name }) => name);
  const unknown = keep.filter((name) => !optional.includes(name));
  if (unknown.length > 0)
    return `"${unknown.join('", "')}" is not an optional module. Choose from: ${optional.join(', ')}.`;
  for (const name of keep) {
    const lacking = (modules.get(name)?.uses ?? []).find(
      (other) => optional.includes(other) && !keep.includes(other),
    );
    if (lacking !== undefined) return `${name} uses ${lacking}. Keep ${lacking} too.`;
  }
  return true;
}

/** Returns the answers in their normal form. If they are invalid, throws a `Refusal` that lists the problems. */
export function assertAnswers(
  { slug, license, keep, ...texts }: Omit<Answers, 'license'> & { readonly license: string },
  modules: ReadonlyMap<string, Module>,
  packages: ReadonlySet<string>,
): Answers {
  const name = texts.name.normalize('NFC');
  const description = texts.description.normalize('NFC');
  const holder = texts.holder.normalize('NFC');
  const known = licenses.find((one) => one === license);
  const results = [
    validateName(name),
    slug === undefined || validateSlug(slug, packages),
    validateLine('description', description),
    known !== undefined ||
      `Unknown license "${license}". Use ${licenses.join(' or ')}. For another license use UNLICENSED and put its text into LICENSE.`,
    validateLine('holder', holder),
    validateKeptModules(keep, modules),
  ];
  const issues = results.filter((result) => result !== true);
  if (known === undefined || issues.length > 0) throw new Refusal(issues.join('\n'));
  return { name, slug, description, license: known, holder, keep };
}
