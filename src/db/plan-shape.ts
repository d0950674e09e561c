/** A node of `EXPLAIN (FORMAT JSON)`. The type omits conditions, because they contain parameters. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Returns the nodes of a plan in one line, such as `Limit > Index Scan users_created_at_idx on users`. Returns null if
 * there is no plan.
 */
export function planShape(explained: unknown): string | null {
  const first: unknown = Array.isArray(explained) ? explained[0] : undefined;
  return hasPlan(first) ? shapeOf(first.Plan) : null;
}

const hasPlan = (explained: unknown): explained is { readonly Plan: PlanNode } =>
  typeof explained === 'object' && explained !== null && 'Plan' in explained;

function shapeOf(node: PlanNode): string {
  const { 'Node Type': type, 'Index Name': index, 'Relation Name': table, Plans: inner = [] } = node;
  const label = [type, index, table && `on ${table}`].filter(Boolean).join(' ');
  const shapes = inner.map(shapeOf);
  if (shapes.length === 0) return label;
  return `${label} > ${shapes.length === 1 ? shapes.join() : `(${shapes.join(', ')})`}`;
}
