import type { Module } from './modules.ts';
import { Refusal } from './refusal.ts';

/**
 * Returns the named modules without duplicates. Throws a `Refusal` if a module is unknown, cannot be removed, or is
 * used by a remaining module.
 */
export function chooseModules(names: readonly string[], modules: ReadonlyMap<string, Module>): Module[] {
  if (names.length === 0)
    throw new Refusal(
      `Name the modules to remove: npm run remove module <name> …\n${removableLine(modules)}`,
    );
  const chosen = [...new Set(names.map((name) => find(name, modules)))];
  const issues = chosen.flatMap((module) => issuesOf(module, chosen, modules));
  if (issues.length > 0) throw new Refusal(issues.join('\n'));
  return chosen;
}

/** Returns the modules that can be removed. */
export const removable = (modules: ReadonlyMap<string, Module>): Module[] =>
  [...modules.values()].filter(({ note }) => note.kept === undefined);

/** Returns these modules and all modules that depend on them, directly or indirectly. */
export function withDependents(names: readonly string[], modules: ReadonlyMap<string, Module>): string[] {
  const found = new Set(names);
  for (const name of found)
    for (const { name: other, uses } of modules.values()) if (uses.includes(name)) found.add(other);
  return [...found];
}

const removableLine = (modules: ReadonlyMap<string, Module>): string =>
  `Removable modules: ${removable(modules)
    .map(({ name, note: { alsoCalled = [] } }) => [name, ...alsoCalled].join(' or '))
    .join(', ')}.`;

function find(name: string, modules: ReadonlyMap<string, Module>): Module {
  const found =
    modules.get(name) ?? [...modules.values()].find(({ note }) => note.alsoCalled?.includes(name) === true);
  if (found !== undefined) return found;
  throw new Refusal(`There is no module "${name}" in src/api. ${removableLine(modules)}`);
}

function issuesOf(
  { name, note }: Module,
  chosen: readonly Module[],
  modules: ReadonlyMap<string, Module>,
): string[] {
  if (note.kept !== undefined) return [`${name} cannot be removed: ${note.kept}`];
  const left = withDependents([name], modules).filter((other) => !chosen.some((one) => one.name === other));
  const direct = left.filter((other) => modules.get(other)?.uses.includes(name) === true);
  if (direct.length === 0) return [];
  return [`${name} is used by ${inWords(direct)}. Remove ${inWords(left)} first or in the same command.`];
}

/** Joins names to a phrase: `a`, `a and b`, `a, b and c`. */
export const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
