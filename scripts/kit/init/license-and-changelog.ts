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

/** Updates package.json, the lock file, LICENSE, CHANGELOG.md and the title of README.md for the new product. */
export function writeProjectFiles(
  tree: Tree,
  answers: Answers,
  { display, kebab: slug }: ProductNames,
  year: number,
): void {
  const { description, license, holder } = answers;
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
    json({ name: slug, version: '0.1.0', description, license, author: holder, ...rest }),
  );
  tree.edit('package-lock.json', (text) => {
    const lock = JSON.parse(text) as Lock;
    const root = { ...lock.packages[''], name: slug, version: '0.1.0', license };
    return json({ ...lock, name: slug, version: '0.1.0', packages: { ...lock.packages, '': root } });
  });
  tree.edit('LICENSE', (text) => licenseText(text, license, holder, year));
  tree.write('CHANGELOG.md', changelog(version));
  tree.edit('README.md', (text) =>
    text.replace(
      /^# .*\n\n[^#]*?\n\n(?=#)/,
      () => `# ${escapeMarkdown(display)}\n\n${escapeMarkdown(description)}\n\n`,
    ),
  );
  if (license !== 'MIT')
    for (const page of ['README.md', 'CONTRIBUTING.md'])
      tree.edit(page, (text) => text.replaceAll('[MIT license]', '[license]'));
}

/**
 * Returns the new license. The license keeps the copyright notice of the template, because the template's license
 * requires that.
 */
function licenseText(text: string, license: Answers['license'], holder: string, year: number): string {
  const mine = `Copyright (c) ${year} ${holder}`;
  if (license === 'MIT') return text.replace(/^(?=Copyright \(c\))/m, () => `${mine}\n`);
  return `${mine}. All rights reserved.\n\nThe parts from Strata are licensed as follows:\n\n${text}`;
}

const changelog = (version: string): string => `# Changelog

All notable changes, in the format of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).
Versions follow [Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [Unreleased]

- Created from Strata ${version}.
`;
