const english = `websearch_to_tsquery('english', :q)`;
const literal = `replace(replace(replace(lower(trim(:q)), '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;

// PostgreSQL evaluates expressions that depend only on `q` before planning, so that the plan uses the indexes and
// estimates of the remaining conditions.

/**
 * Returns the condition for rows that match the parameter `q`. Supports quotes, `or` and `-not`. English drops stop
 * words; a query of stop words only is searched literally, for which the column needs them in the configuration
 * `simple`.
 */
export const matchesSearch = (column: string): string =>
  `${column} @@ CASE WHEN numnode(${english}) > 0 THEN ${english} ELSE websearch_to_tsquery('simple', :q) END`;

/**
 * Returns the condition for rows whose text begins with the parameter `q`, if `q` has only stop words. Needs an index
 * on `lower(column) text_pattern_ops`.
 */
export const beginsWithStopWords = (column: string): string =>
  `(numnode(${english}) = 0 AND lower(${column}) LIKE ${literal} || '%')`;
