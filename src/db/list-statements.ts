import type { EntityMetadata, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { statementsOf, type Statement } from './prepared.ts';
import type { CompileReader } from './statement.ts';
import { trusted } from './trusted.ts';

type Query<Entity extends ObjectLiteral> = SelectQueryBuilder<Entity>;
type Values = Readonly<Record<string, unknown>>;

/** SQL with `:name` parameters, and the reader of its rows. */
interface Draft<Row> {
  readonly sql: string;
  readonly compile: CompileReader<Row>;
}

/** A statement and the names of its parameters in order. */
interface Derived<Row> {
  readonly statement: Statement<Row>;
  readonly names: readonly string[];
}

const maxKnown = 1_000;
const maxPrepared = 50;

// Caches the statements of lists, because building their SQL takes TypeORM longer than everything else that this
// process does for a list.
const derivedByEntity = new WeakMap<EntityMetadata, Map<string, Derived<unknown>>>();

/** Returns whether the query is a plain one: the rows of one table, restricted by conditions in SQL. */
export function isPlain<Entity extends ObjectLiteral>({ expressionMap }: Query<Entity>): boolean {
  const { mainAlias, aliases, selects, wheres, orderBys, groupBys, havings, withDeleted } = expressionMap;
  const { lockMode, commonTableExpressions, take, skip, limit, offset, selectDistinct } = expressionMap;
  const metadata = mainAlias?.metadata;
  return (
    metadata !== undefined &&
    metadata.afterLoadListeners.length + metadata.childEntityMetadatas.length === 0 &&
    aliases.length === 1 &&
    selects.length === 1 &&
    selects[0]?.selection === mainAlias?.name &&
    wheres.every(({ condition }) => typeof condition === 'string' && !condition.includes(':...')) &&
    groupBys.length + havings.length + commonTableExpressions.length + Object.keys(orderBys).length === 0 &&
    !withDeleted &&
    !selectDistinct &&
    [lockMode, take, skip, limit, offset].every((setting) => setting === undefined)
  );
}

/**
 * Runs a statement derived from a list query. `build` may change its copy of the query. The SQL of a plain query is built
 * once for each combination of conditions and `variant`, which must name everything that `build` depends on.
 */
export function runDerived<Entity extends ObjectLiteral, Row>(
  query: Query<Entity>,
  variant: string,
  build: (copy: Query<Entity>) => Draft<Row>,
  values: Values = {},
): Promise<Row[]> {
  const statements = statementsOf(query.dataSource);
  const runner = query['queryRunner'];
  if (isPlain(query)) {
    const { parameters } = query.expressionMap;
    const { statement, names } = derive(query, variant, build, values);
    const known = trusted<Values>(parameters);
    const ordered = names.map((name) => (Object.hasOwn(values, name) ? values[name] : known[name]));
    return statements.run(runner, statement, ordered);
  }
  const { sql, compile } = build(query.clone());
  const { driver } = query.dataSource;
  const [text, ordered] = driver.escapeQueryWithParameters(sql, { ...query.getParameters(), ...values });
  return statements.run(runner, { sql: text, compile, isPrepared: false }, ordered);
}

function derive<Entity extends ObjectLiteral, Row>(
  query: Query<Entity>,
  variant: string,
  build: (copy: Query<Entity>) => Draft<Row>,
  values: Values,
): Derived<Row> {
  const { mainAlias, wheres } = query.expressionMap;
  if (mainAlias === undefined) throw new Error('A list needs an entity.');
  const { metadata } = mainAlias;
  const known = derivedByEntity.get(metadata) ?? new Map<string, Derived<unknown>>();
  let key = `${variant} ${mainAlias.name}`;
  for (const { type, condition } of wheres) key += `\n${type} ${trusted<string>(condition)}`;
  const found = known.get(key);
  if (found !== undefined) return trusted<Derived<Row>>(found);

  const { sql, compile } = build(query.clone());
  // The value of each parameter is its name, so that the driver returns the names in order.
  const names = Object.keys({ ...query.getParameters(), ...values });
  const placeholders = Object.fromEntries(names.map((name) => [name, name]));
  const [text, ordered] = query.dataSource.driver.escapeQueryWithParameters(sql, placeholders);
  // Prepare only a list without filters, because the best plan depends on the values of the filters and a prepared
  // statement is planned once.
  const isUnfiltered = ordered.every((name: string) => Object.hasOwn(values, name));
  const isPrepared = isUnfiltered && known.size < maxPrepared;
  const derived = { statement: { sql: text, compile, isPrepared }, names: ordered };
  // Limit the number of cached statements, because callers choose the filters and the order.
  if (known.size < maxKnown) derivedByEntity.set(metadata, known.set(key, derived));
  return derived;
}
