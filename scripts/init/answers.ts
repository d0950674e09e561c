import { removable } from '../remove/choose.ts';
import type { Module } from '../remove/modules.ts';
import { Refusal } from '../remove/refusal.ts';

export const licences = ['MIT', 'UNLICENSED'] as const;
export type Licence = (typeof licences)[number];

/** What is to become of the clone. */
export interface Answers {
  /** For people, such as `Acme Shop`. */
  readonly name: string;
  readonly description: string;
  readonly licence: Licence;
  /** Who holds the rights, such as `Acme Ltd`. */
  readonly holder: string;
  /** The optional modules that stay. */
  readonly keep: readonly string[];
}

/** What is wrong with a name, or true. */
export function judgeName(name: string): true | string {
  if (/^strata$/i.test(name)) return 'That is the name of the template: take one of your own.';
  if (/^[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*$/.test(name) && name.length >= 3 && name.length <= 30)
    return true;
  return `"${name}" cannot be a name here: 3 to 30 letters and digits, with single spaces or - between words, beginning with a letter.`;
}

/** What is wrong with a text that goes into files as one line, or true. */
export const judgeLine = (what: string, text: string): true | string =>
  /^[^\s"'`\\<>][^\n\r"'`\\<>]{0,198}$/.test(text)
    ? true
    : `The ${what} must be one line of at most 199 characters, without quotes, backslashes and angle brackets.`;

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
  { name, description, licence, holder, keep }: Omit<Answers, 'licence'> & { readonly licence: string },
  modules: ReadonlyMap<string, Module>,
): Answers {
  const known = licences.find((one) => one === licence);
  const verdicts = [
    judgeName(name),
    judgeLine('description', description),
    known !== undefined ||
      `"${licence}" is not known here, only ${licences.join(' and ')}. For any other take UNLICENSED, and put its text into LICENSE.`,
    judgeLine('holder', holder),
    judgeKept(keep, modules),
  ];
  const faults = verdicts.filter((verdict) => verdict !== true);
  if (known === undefined || faults.length > 0) throw new Refusal(faults.join('\n'));
  return { name, description, licence: known, holder, keep };
}
