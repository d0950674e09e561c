import type { Tree } from '../remove/tree.ts';
import type { Answers } from './answers.ts';
import type { ProductNames } from './names.ts';
import { escapeMarkdown } from './rename.ts';

interface Manifest {
  readonly version: string;
  readonly [key: string]: unknown;
}

interface Lock {
  readonly packages: Readonly<Record<string, object>>;
  readonly [key: string]: unknown;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** package.json, its lock file, LICENSE, CHANGELOG.md and the head of README.md, for what the clone becomes. */
export function writePapers(
  tree: Tree,
  answers: Answers,
  { display, kebab: slug }: ProductNames,
  year: number,
): void {
  const { description, licence, holder } = answers;
  const manifest = JSON.parse(tree.read('package.json')) as Manifest;
  const {
    name: _name,
    version,
    description: _description,
    license: _license,
    author: _author,
    ...rest
  } = manifest;
  tree.write(
    'package.json',
    json({ name: slug, version: '0.1.0', description, license: licence, author: holder, ...rest }),
  );
  tree.edit('package-lock.json', (text) => {
    const lock = JSON.parse(text) as Lock;
    const root = { ...lock.packages[''], name: slug, version: '0.1.0', license: licence };
    return json({ ...lock, name: slug, version: '0.1.0', packages: { ...lock.packages, '': root } });
  });
  tree.edit('LICENSE', (text) => licenceText(text, licence, holder, year));
  tree.write('CHANGELOG.md', changelog(version));
  tree.edit('README.md', (text) =>
    text.replace(
      /^# .*\n\n[^#]*?\n\n(?=#)/,
      () => `# ${escapeMarkdown(display)}\n\n${escapeMarkdown(description)}\n\n`,
    ),
  );
  if (licence !== 'MIT')
    for (const page of ['README.md', 'CONTRIBUTING.md'])
      tree.edit(page, (text) => text.replaceAll('[MIT license]', '[license]'));
}

/** The template's own notice stays: its license asks for that in every copy. */
function licenceText(text: string, licence: Answers['licence'], holder: string, year: number): string {
  const mine = `Copyright (c) ${year} ${holder}`;
  if (licence === 'MIT') return text.replace(/^(?=Copyright \(c\))/m, () => `${mine}\n`);
  return `${mine}. All rights reserved.\n\nWhat comes from Strata is under this license:\n\n${text}`;
}

const changelog = (version: string): string => `# Changelog

All changes that users notice, in the manner of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).
Versions follow [Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [Unreleased]

- Begun from Strata ${version}.
`;
