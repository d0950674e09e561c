const english = `websearch_to_tsquery('english', :q)`;
const literal = `replace(replace(replace(lower(trim(:q)), '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;

// PostgreSQL evaluates what only depends on `q` before it plans. A plan therefore uses the indexes of the remaining
// conditions, and estimates their rows.

/**
 * Returns the condition for rows that match the parameter `q`: "quoted", or, and -not work. English drops stop words.
 * If nothing else is asked for, they are searched for as they are: the column needs them in the configuration `simple`.
 */
export const matchesSearch = (column: string): string =>
  `${column} @@ CASE WHEN numnode(${english}) > 0 THEN ${english} ELSE websearch_to_tsquery('simple', :q) END`;

/**
 * Returns the condition for rows whose text begins with the parameter `q`, if English finds no word in it. Needs an
 * index on `lower(column) text_pattern_ops`.
 */
export const beginsWithStopWords = (column: string): string =>
  `(numnode(${english}) = 0 AND lower(${column}) LIKE ${literal} || '%')`;
