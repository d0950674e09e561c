import { removable } from '../remove/choose.ts';
import type { Module } from '../remove/modules.ts';
import { Refusal } from '../remove/refusal.ts';
import { judgeName, judgeSlug } from './names.ts';

export const licences = ['MIT', 'UNLICENSED'] as const;
export type Licence = (typeof licences)[number];

/** What is to become of the clone. */
export interface Answers {
  /** For people, such as `Acme Shop`. */
  readonly name: string;
  /** For packages, databases and images, such as `acme-shop`; follows from the name unless given. */
  readonly slug?: string | undefined;
  readonly description: string;
  readonly licence: Licence;
  /** Who holds the rights, such as `Acme Ltd`. */
  readonly holder: string;
  /** The optional modules that stay. */
  readonly keep: readonly string[];
}

/** Returns what is wrong with a text that goes into files as one line, or true. */
export const judgeLine = (what: string, text: string): true | string =>
  text.length <= 199 && text.trim() !== '' && text === text.trim() && !/[^\S ]|[^\P{C}\u200d]/u.test(text)
    ? true
    : `The ${what} must be one line of at most 199 characters, without spaces around it and control characters.`;

/** What is wrong with keeping these modules, or true. */
export function judgeKept(keep: readonly string[], modules: ReadonlyMap<string, Module>): true | string {
  const optional = removable(modules).map(({ name }) => name);
  const unknown = keep.filter((name) => !optional.includes(name));
  if (unknown.length > 0)
    return `"${unknown.join('", "')}" cannot be chosen. There are: ${optional.join(', ')}.`;
  for (const name of keep) {
    const lacking = (modules.get(name)?.uses ?? []).find(
      (other) => optional.includes(other) && !keep.includes(other),
    );
    if (lacking !== undefined) return `${name} uses ${lacking}: keep ${lacking} as well.`;
  }
  return true;
}

/** Throws a Refusal that says what is wrong with the answers. */
export function assertAnswers(
  { slug, licence, keep, ...texts }: Omit<Answers, 'licence'> & { readonly licence: string },
  modules: ReadonlyMap<string, Module>,
  packages: ReadonlySet<string>,
): Answers {
  const name = texts.name.normalize('NFC');
  const description = texts.description.normalize('NFC');
  const holder = texts.holder.normalize('NFC');
  const known = licences.find((one) => one === licence);
  const verdicts = [
    judgeName(name),
    slug === undefined || judgeSlug(slug, packages),
    judgeLine('description', description),
    known !== undefined ||
      `"${licence}" is not known here, only ${licences.join(' and ')}. For any other take UNLICENSED, and put its text into LICENSE.`,
    judgeLine('holder', holder),
    judgeKept(keep, modules),
  ];
  const faults = verdicts.filter((verdict) => verdict !== true);
  if (known === undefined || faults.length > 0) throw new Refusal(faults.join('\n'));
  return { name, slug, description, licence: known, holder, keep };
}
