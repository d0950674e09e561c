const english = `websearch_to_tsquery('english', :q)`;
const literal = `replace(replace(replace(lower(trim(:q)), '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;

// The conditions below call functions only on `q`. PostgreSQL evaluates such expressions before it plans the query, so
// the plan fits the search text.

/**
 * Returns the condition for rows that match the search text `q`. Supports quotes, `or` and `-not`. The English
 * configuration ignores stop words such as "the". If `q` has only stop words, the search uses the configuration
 * `simple` instead, and the column must contain the words in that form too.
 */
export const matchesSearch = (column: string): string =>
  `${column} @@ CASE WHEN numnode(${english}) > 0 THEN ${english} ELSE websearch_to_tsquery('simple', :q) END`;

/**
 * Returns a condition that applies only if `q` consists of stop words: the text begins with `q`. Needs an index on
 * `lower(column) text_pattern_ops`.
 */
export const beginsWithStopWords = (column: string): string =>
  `(numnode(${english}) = 0 AND lower(${column}) LIKE ${literal} || '%')`;
