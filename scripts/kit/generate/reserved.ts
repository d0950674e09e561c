const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Words that TypeScript reserves in a module. */
export const typescriptWords = words(`
  abstract any arguments as asserts async await boolean break case catch class const continue debugger declare default
  delete do else enum eval export extends false finally for from function get if implements import in infer instanceof
  interface is keyof let module namespace never new null object of package private protected public readonly require
  return set static string super switch symbol this throw true try type typeof undefined unique unknown var void while
  with yield
`);

/** Words that PostgreSQL reserves, so that tables and columns cannot have these names. */
export const sqlWords = words(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
  unique user using variadic verbose when where window with
`);

/** Variables that generated modules use. */
export const ownVariables = words(`
  body caller changes clock code controller count created db error errors expected expect first fields filters given id
  ids index joi list maker module now noContent object ok optional owner paged params partial query
  reader repository response route routes search second service sort sortColumns stranger test text transaction use
  users value values version view writer
`);

/** Built-in classes and types, and the classes and types that generated files import. */
export const ownClasses = words(`
  Awaited Check Clock Column Conditions Database Entity Exclude ExpectedVersion Extract ForeignKey Ids Index Infer Input
  NonNullable Omit Page Parameters Partial Pick PrimaryColumn Readonly Record Required ReturnType RouteDefinition
  SortColumns TestApp TestUser Transaction Users
`);

/**
 * Names that an enum must not have. The type of an enum is named entity + enum, so an enum `view` of `Note` would have
 * the name of the generated `NoteView`.
 */
export const ownEndings = words('Controller Repository Service ServiceDeps View');

/**
 * Names that a field must not have: the fields of every module, the query parameters of every list, PostgreSQL's system
 * columns, and names of secrets.
 */
export const ownFields = words(`
  id version createdAt updatedAt deletedAt search page limit cursor sort q prototype
  tableoid xmin cmin xmax cmax ctid
  passwordHash tokenVersion salt keyId secretHash previousSecretHash
`);
