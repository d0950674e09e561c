import { Failure } from './failure.ts';
import type { ModuleModel } from './module-model.ts';
import type { PersonalColumn } from './personal-columns.ts';

const sectionOf = (page: string, heading: string): [start: number, end: number] => {
  const start = page.indexOf(`\n## ${heading}\n`);
  if (start === -1)
    throw new Failure(
      `docs/privacy.md has no section "${heading}". Restore the section, or list the new columns by hand.`,
    );
  const end = page.indexOf('\n## ', start + 1);
  return [start, end === -1 ? page.length : end];
};

/**
 * Returns the page with a line inserted into the section under `heading`, after the section's last line that starts
 * with `beginning`.
 */
function addLine(page: string, heading: string, beginning: string, line: string): string {
  const [start, end] = sectionOf(page, heading);
  const lines = page.slice(start, end).split('\n');
  const last = lines.findLastIndex((text) => text.startsWith(beginning));
  // Skip the indented lines after a list item, because they continue the item.
  let after = last + 1;
  while (/^\s+\S/.test(lines[after] ?? '')) after += 1;
  return page.slice(0, start) + lines.toSpliced(after, 0, line).join('\n') + page.slice(end);
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/**
 * Returns the columns that `tests/contract/privacy.test.ts` requires on the page: free text, and ids of users such as
 * `owner_id`.
 */
function columnsOf({ allFields, searched, table }: ModuleModel) {
  const named = (field: { column: string }) => `${table}.${field.column}`;
  const isTextual = (type: string) => ['string', 'text', 'email', 'enum', 'json'].includes(type);
  const hasPersonalName = ({ column }: { column: string }) =>
    /(^|_)(user|actor|subject|owner|customer|member|person)_id$|_by$/.test(column);
  const free = allFields.filter(({ type }) => isTextual(type));
  const ids = allFields.filter(
    (field) => ['ref', 'uuid'].includes(field.type) && field.target !== 'users' && hasPersonalName(field),
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
            `the owner of the ${label} and its content`,
            'to provide it to its owner; until they remove it',
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
        `to identify the user; ${kept}`,
        field.isNullable ? 'cleared' : 'stays; the account it refers to is anonymized',
      ),
    ),
    ...addresses.map((field) =>
      row(
        [named(field)],
        `an email address in ${labels}`,
        `to send email; ${kept}`,
        'stays; it is not linked to an account',
      ),
    ),
  ];
}

/** Returns the page after adding the columns of a new module. */
export function listInPrivacy(page: string, model: ModuleModel): string {
  const { owner, userRefs, module } = model;
  const { free, ids, named, search } = columnsOf(model);
  const others = [
    ...(owner === undefined ? [...free.filter(({ type }) => type !== 'email').map(named), ...search] : []),
    ...ids.map(named),
  ];
  const rows = rowsOf(model);
  const listed = rows.reduce((text, row) => addLine(text, 'Columns with personal data', '| `', row), page);
  const completed =
    others.length === 0
      ? listed
      : addLine(listed, 'Columns without personal data', '- ', `- ${module}: ${code(others)}`);
  return rows.length > 0 && userRefs.length === 0
    ? addLine(
        completed,
        'Modules without export and erasure',
        '- **',
        `- **${module}**: its data is not linked to an account; look it up by hand on request.`,
      )
    : completed;
}

/** Returns the page after adding a column next to the other columns of its table. */
export function addToPrivacy(
  page: string,
  field: { type: string; column: string },
  names: { table: string; module: string },
): string {
  if (!['string', 'text', 'email', 'enum', 'json'].includes(field.type)) return page;
  const { table, module } = names;
  const column = `\`${table}.${field.column}\``;
  const lines = page.split('\n');
  // Look for a row of this table that is deleted together with its owner, because all text in such a table belongs to
  // the owner.
  const own = lines.findIndex((line) => line.startsWith(`| \`${table}.`) && /\|\s*deleted\s*\|/.test(line));
  if (own !== -1) {
    const [, first = ''] = (lines[own] ?? '').split('|');
    return page.replace(lines[own] ?? '', (lines[own] ?? '').replace(first, ` ${first.trim()}, ${column} `));
  }
  const point = lines.findIndex((line) => line.startsWith('- ') && line.includes(`\`${table}.`));
  if (point === -1) return addLine(page, 'Columns without personal data', '- ', `- ${module}: ${column}`);
  return lines
    .with(
      point,
      (lines[point] ?? '').replace(/(,?)$/, (comma) => `, ${column}${comma}`),
    )
    .join('\n');
}

/** Returns the page with one line for each column that is not listed yet. The user must complete these lines. */
export function nameColumns(page: string, module: string, columns: readonly PersonalColumn[]): string {
  const missing = columns.filter(({ table, column }) => !page.includes(`\`${table}.${column}\``));
  if (missing.some(({ namesPerson }) => namesPerson)) {
    const names = code(missing.map(({ table, column }) => `${table}.${column}`));
    const row = `| ${names} | (describe the data) | (state purpose and retention) | (state what erasure does) | no |`;
    return addLine(page, 'Columns with personal data', '| `', row);
  }
  return missing.reduce(
    (text, { table, column }) => addToPrivacy(text, { type: 'text', column }, { table, module }),
    page,
  );
}
