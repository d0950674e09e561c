// A language has one file per module, `<m>.messages.<language>.ts`, and an entry in each file that joins them, in the
// example of a module in docs/adding-a-module.md, and in src/core/languages.ts.

/** The list of all languages. */
export const listPath = 'src/core/languages.ts';

/** Returns whether a file contains texts or tests of this language only. */
export const isOfLanguage = (path: string, language: string): boolean =>
  path.endsWith(`.messages.${language}.ts`) || path.endsWith(`.${language}.test.ts`);

/** Returns whether a file names the languages. */
export const namesLanguages = (path: string): boolean =>
  path === listPath || path.endsWith('.messages.ts') || path.endsWith('.md');

const imports = /(?:^import \{ [a-z]{2} \} from '\.\/[\w-]+\.messages\.[a-z]{2}\.ts';\n)+/gm;
const joined = /(?<=\(|= )\{ en((?:, [a-z]{2})*) \}/g;
const listed = /(?<=const languages = \[)'en'[^\]]*/;

/** Returns the text of a file without the entry of a language. */
export const withoutEntry = (text: string, language: string): string =>
  text
    .replace(imports, (lines) => lines.replace(new RegExp(`^.*\\.messages\\.${language}\\.ts';\\n`, 'm'), ''))
    .replace(joined, (list) => list.replace(new RegExp(`, ${language}\\b`), ''))
    .replace(listed, (list) => list.replace(`, '${language}'`, ''));

/** Returns the text of a file with the entry of a language. */
export const withEntry = (text: string, language: string): string =>
  text
    .replace(imports, (lines) => {
      const [first = '', ...others] = lines.trimEnd().split('\n');
      const added = first.replace(/\{ \w+ \}/, `{ ${language} }`).replace(/\w+(?=\.ts';$)/, language);
      return [first, ...others, added].sort().join('\n') + '\n';
    })
    .replace(joined, (_list, others: string) => `{ en${others}, ${language} }`)
    .replace(listed, (list) => `${list}, '${language}'`);

const declaration = /^export const en(: [^=]+?)? = /m;

/** Returns a copy of an English file for another language, in English until it is translated. `name` is the part before `.en.ts`. */
export function copyFor(language: string, name: string, english: string): string {
  const type = declaration.exec(english)?.[1];
  if (type !== undefined) return english.replace(declaration, `export const ${language}${type} = `);
  const copy = english.replace(declaration, `export const ${language}: typeof en = `);
  const line = `import type { en } from './${name}.en.ts';\n`;
  return copy.replace(/^(?:import [^;]+;\n)*\n?/, (block) => `${block.trimEnd()}\n${line}\n`.trimStart());
}

const example = /^```ts\n\/\/ (\S+\/([\w-]+\.messages))\.en\.ts\n([\s\S]*?)^```\n/gm;

/** Returns a page in which each example of an English file is followed by its copy for another language. */
export const withExample = (page: string, language: string): string =>
  page.replace(
    example,
    (block, path: string, name: string, english: string) =>
      `${block}\n<!-- #region ${language} -->\n\n\`\`\`ts\n// ${path}.${language}.ts\n${copyFor(language, name, english)}\`\`\`\n\n<!-- #endregion -->\n`,
  );
