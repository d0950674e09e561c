import type { Facts } from './facts.ts';
import type { Tree } from './tree.ts';

const kernel = 'src/process/kernel-tables.ts';

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const listOf = (values: readonly string[]): string => values.map(literal).join(', ');

/**
 * Returns the SQL that removes a module's data from the database: tables, jobs, undelivered events, snapshots and
 * scopes. The audit trail and the event store are append-only, so they keep their rows. Inbox and idempotency records
 * expire by themselves.
 */
export function droppingStatements({ tables, jobs, events, aggregates, permissions }: Facts): string[] {
  const rows = (table: string, column: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`DELETE FROM ${table} WHERE ${column} IN (${listOf(values)})`];
  return [
    ...tables.map((table) => `DROP TABLE IF EXISTS "${table}" CASCADE`),
    ...rows('typeorm_metadata', '"table"', tables),
    ...rows('jobs', 'name', jobs),
    ...rows('job_schedules', 'name', jobs),
    ...rows('outbox', 'type', events),
    ...rows('outbox_sequences', 'aggregate_type', aggregates),
    ...rows('snapshots', 'aggregate_type', aggregates),
    ...withoutScopes(permissions),
  ];
}

// Skip this statement if the table does not exist, because the module api-keys was removed earlier.
const withoutScopes = (permissions: readonly string[]): string[] =>
  permissions.map((permission) => {
    const scope = literal(permission);
    return `DO $$ BEGIN IF to_regclass('api_keys') IS NOT NULL THEN UPDATE api_keys SET scopes = array_remove(scopes, ${scope}) WHERE ${scope} = ANY (scopes); END IF; END $$`;
  });

/**
 * Adds a migration that drops the data of a module, and lists it among the migrations that belong to no module. Returns
 * its path.
 */
export function addDroppingMigration(tree: Tree, name: string, facts: Facts, stamp: number): string {
  const kebab = `drop-${name}`;
  const className = `${kebab.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}${stamp}`;
  const path = `src/db/migrations/${stamp}-${kebab}.ts`;
  tree.write(path, migrationText(className, name, droppingStatements(facts)));
  tree.edit(kernel, (text) =>
    text
      .replace(
        /(?:^import \{ \w+ \} from '\.\.\/db\/migrations\/.*\n)+/m,
        (imports) => `${imports}import { ${className} } from '../db/migrations/${stamp}-${kebab}.ts';\n`,
      )
      .replace(/(^export const kernelMigrations[\s\S]*?)^\];$/m, `$1  ${className},\n];`),
  );
  return path;
}

const migrationText = (className: string, module: string, statements: readonly string[]): string =>
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drops the data of the removed module "${module}". */
export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
${statements.map((sql) => `    await runner.query(\`${sql}\`);`).join('\n')}
  }

  // There is nothing to revert to: the dropped data exists only in backups.
  async down(): Promise<void> {}
}
`;
