import { Failure } from './failure.ts';
import type { ModuleModel } from './module-model.ts';
import type { PersonalColumn } from './personal-columns.ts';

const placeOf = (page: string, heading: string): [start: number, end: number] => {
  const start = page.indexOf(`\n## ${heading}\n`);
  if (start === -1)
    throw new Failure(
      `docs/privacy.md has no section "${heading}": name the new columns there by hand, or put the section back.`,
    );
  const end = page.indexOf('\n## ', start + 1);
  return [start, end === -1 ? page.length : end];
};

/** The page with a line after the last one of a section that begins so. */
function addLine(page: string, heading: string, beginning: string, line: string): string {
  const [start, end] = placeOf(page, heading);
  const lines = page.slice(start, end).split('\n');
  const last = lines.findLastIndex((text) => text.startsWith(beginning));
  // A point of a list may go on in lines that are set in.
  let after = last + 1;
  while (/^\s+\S/.test(lines[after] ?? '')) after += 1;
  return page.slice(0, start) + lines.toSpliced(after, 0, line).join('\n') + page.slice(end);
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Columns as `tests/contract/privacy.test.ts` looks at them: free content, and ids that sound like those of people. */
function columnsOf({ allFields, searched, table }: ModuleModel) {
  const named = (field: { column: string }) => `${table}.${field.column}`;
  const isTextual = (type: string) => ['string', 'text', 'email', 'enum', 'json'].includes(type);
  const soundsPersonal = ({ column }: { column: string }) =>
    /(^|_)(user|actor|subject|owner|customer|member|person)_id$|_by$/.test(column);
  const free = allFields.filter(({ type }) => isTextual(type));
  const ids = allFields.filter(
    (field) => ['ref', 'uuid'].includes(field.type) && field.target !== 'users' && soundsPersonal(field),
  );
  return { free, ids, named, search: searched.length > 0 ? [`${table}.search`] : [] };
}

function rowsOf(model: ModuleModel): string[] {
  const { owner, namedUsers, labels, label, article } = model;
  const { free, named, search } = columnsOf(model);
  const kept = `as long as the ${label}`;
  const row = (columns: readonly string[], what: string, why: string, erasure: string) =>
    `| ${code(columns)} | ${what} | ${why} | ${erasure} | no |`;
  const own =
    owner === undefined
      ? []
      : [
          row(
            [named(owner), ...free.map(named), ...search],
            `whose ${label} it is, and what they keep in it`,
            'to keep it for its owner; until they remove it',
            'deleted',
          ),
        ];
  const addresses = owner === undefined ? free.filter(({ type }) => type === 'email') : [];
  return [
    ...own,
    ...namedUsers.map((field) =>
      row(
        [named(field)],
        `the ${field.label} of ${article.toLowerCase()} ${label}`,
        `to tell who it is; ${kept}`,
        field.isNullable ? 'emptied' : 'stays, and leads to an empty account',
      ),
    ),
    ...addresses.map((field) =>
      row(
        [named(field)],
        `an e-mail address among the ${labels}`,
        `to write there; ${kept}`,
        'stays: no account is known to have it',
      ),
    ),
  ];
}

/** The page with the columns of a new module in its two lists. */
export function listInPrivacy(page: string, model: ModuleModel): string {
  const { owner, userRefs, module } = model;
  const { free, ids, named, search } = columnsOf(model);
  const others = [
    ...(owner === undefined ? [...free.filter(({ type }) => type !== 'email').map(named), ...search] : []),
    ...ids.map(named),
  ];
  const rows = rowsOf(model);
  const listed = rows.reduce((text, row) => addLine(text, 'Where it is', '| `', row), page);
  const told =
    others.length === 0
      ? listed
      : addLine(listed, 'What says nothing of a person', '- ', `- ${module}: ${code(others)}`);
  return rows.length > 0 && userRefs.length === 0
    ? addLine(
        told,
        'Without a part in it',
        '- **',
        `- **${module}**: what is in it belongs to no account; look it up by hand for whoever asks.`,
      )
    : told;
}

/** The page with a column that an existing module gets, beside the others of its table. */
export function addToPrivacy(
  page: string,
  field: { type: string; column: string },
  names: { table: string; module: string },
): string {
  if (!['string', 'text', 'email', 'enum', 'json'].includes(field.type)) return page;
  const { table, module } = names;
  const column = `\`${table}.${field.column}\``;
  const lines = page.split('\n');
  // What goes with its owner; all text of such a table is theirs.
  const own = lines.findIndex((line) => line.startsWith(`| \`${table}.`) && /\|\s*deleted\s*\|/.test(line));
  if (own !== -1) {
    const [, first = ''] = (lines[own] ?? '').split('|');
    return page.replace(lines[own] ?? '', (lines[own] ?? '').replace(first, ` ${first.trim()}, ${column} `));
  }
  const point = lines.findIndex((line) => line.startsWith('- ') && line.includes(`\`${table}.`));
  if (point === -1) return addLine(page, 'What says nothing of a person', '- ', `- ${module}: ${column}`);
  return lines
    .with(
      point,
      (lines[point] ?? '').replace(/(,?)$/, (comma) => `, ${column}${comma}`),
    )
    .join('\n');
}

/** Returns the page with a line for each of these columns that it does not name yet, to be completed by hand. */
export function nameColumns(page: string, module: string, columns: readonly PersonalColumn[]): string {
  const missing = columns.filter(({ table, column }) => !page.includes(`\`${table}.${column}\``));
  if (missing.some(({ namesPerson }) => namesPerson)) {
    const names = code(missing.map(({ table, column }) => `${table}.${column}`));
    const row = `| ${names} | (say what it is) | (say why, and for how long) | (say what happens) | no |`;
    return addLine(page, 'Where it is', '| `', row);
  }
  return missing.reduce(
    (text, { table, column }) => addToPrivacy(text, { type: 'text', column }, { table, module }),
    page,
  );
}
