import ts from 'typescript';
import { Failure } from './failure.ts';

const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/**
 * Returns the failure to throw if a file does not contain the place to change. The failure shows the code that the user
 * can add by hand.
 */
const placeNotFound = (path: string, place: string, byHand: string): Failure =>
  new Failure(`${path} has no ${place}. Nothing was changed. Add by hand: ${byHand}`);

const insert = (text: string, at: number, added: string): string =>
  text.slice(0, at) + added + text.slice(at);

function find<T extends ts.Node>(node: ts.Node, matches: (node: ts.Node) => node is T): T | undefined {
  if (matches(node)) return node;
  return ts.forEachChild(node, (child) => find(child, matches));
}

const importsIn = (source: ts.SourceFile): ts.ImportDeclaration[] =>
  source.statements.filter(ts.isImportDeclaration);

const moduleOf = ({ moduleSpecifier }: ts.ImportDeclaration): string =>
  ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';

// Returns the sort key of an import. Packages come first, then files of parent folders (the highest first), then files
// of the same folder.
const importOrder = (specifier: string): string => {
  const order = ['./', '../', '../../'].findLastIndex((start) => specifier.startsWith(start));
  return `${order === -1 ? 0 : 3 - order} ${specifier}`;
};

/**
 * Returns the text with an import of these names from `from`. Adds the names to an existing import, or adds a new
 * import at its place in alphabetical order.
 */
export function addImport(path: string, text: string, names: readonly string[], from: string): string {
  const imports = importsIn(parse(path, text));
  const isTypes = names.every((name) => name.startsWith('type '));
  const wanted = isTypes ? names.map((name) => name.slice('type '.length)) : names;
  const same = imports.find(
    (one) =>
      moduleOf(one) === from && (one.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) === isTypes,
  );
  const bindings = same?.importClause?.namedBindings;
  if (bindings !== undefined && ts.isNamedImports(bindings)) {
    const present = bindings.elements.map((element) => element.getText());
    const missing = wanted.filter((name) => !present.includes(name));
    const all = [...present, ...missing].sort((a, b) =>
      withoutTypeKeyword(a).localeCompare(withoutTypeKeyword(b)),
    );
    return missing.length === 0
      ? text
      : `${text.slice(0, bindings.getStart())}{ ${all.join(', ')} }${text.slice(bindings.getEnd())}`;
  }
  const line = `import ${isTypes ? 'type ' : ''}{ ${wanted.join(', ')} } from '${from}';`;
  const before = imports.findLast((one) => importOrder(moduleOf(one)) <= importOrder(from));
  if (before !== undefined) return insert(text, before.getEnd(), `\n${line}`);
  return insert(text, imports[0]?.getStart() ?? 0, `${line}\n`);
}

const withoutTypeKeyword = (name: string): string => name.replace(/^type /, '');

const propertyOf = (
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined =>
  object.properties.find((property) => property.name?.getText() === name);

const isEmpty = (text: string): boolean => text.trim() === '';

/** Returns the text with an element appended to a list or an object. */
function append(
  text: string,
  { elements, end }: { elements: ts.NodeArray<ts.Node>; end: number },
  added: string,
): string {
  const last = elements.at(-1);
  if (last === undefined || isEmpty(last.getText())) return insert(text, end - 1, added);
  return insert(text, last.getEnd(), `, ${added}`);
}

const isVariable =
  (name: string) =>
  (node: ts.Node): node is ts.VariableDeclaration =>
    ts.isVariableDeclaration(node) && node.name.getText() === name;

/** Returns the text with an entry appended to `const name = […]`. */
export function appendToArray(path: string, text: string, name: string, entry: string): string {
  const value = find(parse(path, text), isVariable(name))?.initializer;
  if (value === undefined || !ts.isArrayLiteralExpression(value))
    throw placeNotFound(path, `list "${name}"`, `${entry} at the end of the list.`);
  return append(text, { elements: value.elements, end: value.getEnd() }, entry);
}

const isFunction =
  (name: string) =>
  (node: ts.Node): node is ts.FunctionDeclaration =>
    ts.isFunctionDeclaration(node) && node.name?.text === name;

/** Returns the first object literal inside a variable or function with this name. */
function objectIn(path: string, text: string, name: string): ts.ObjectLiteralExpression | undefined {
  const source = parse(path, text);
  const value = find(source, isVariable(name))?.initializer ?? find(source, isFunction(name))?.body;
  return value === undefined ? undefined : find(value, ts.isObjectLiteralExpression);
}

/** Returns whether a variable or function with this name contains an object literal. */
export const hasObject = (path: string, text: string, name: string): boolean =>
  objectIn(path, text, name) !== undefined;

/**
 * Returns the text with a line added to the object literal that `objectIn` finds. A spread at the end of the object
 * remains the last entry.
 */
export function appendToObject(path: string, text: string, name: string, line: string): string {
  const object = objectIn(path, text, name);
  if (object === undefined) throw placeNotFound(path, `object "${name}"`, line);
  const { properties } = object;
  const last = properties.at(-1);
  if (last !== undefined && properties.length > 1 && ts.isSpreadAssignment(last))
    return insert(text, last.getStart(), `${line},\n`);
  return append(text, { elements: properties, end: object.getEnd() }, line);
}

const isDefineModule = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.getText() === 'defineModule';

function specOf(path: string, text: string, byHand: string): ts.ObjectLiteralExpression {
  const spec = find(parse(path, text), isDefineModule)?.arguments[0];
  if (spec === undefined || !ts.isObjectLiteralExpression(spec))
    throw placeNotFound(path, 'defineModule({ … })', byHand);
  return spec;
}

function appendToProperty(
  path: string,
  text: string,
  {
    object,
    name,
    entry,
    after,
  }: { object: ts.ObjectLiteralExpression; name: string; entry: string; after?: string },
): string {
  const property = propertyOf(object, name);
  if (property === undefined) {
    const neighbour = after === undefined ? undefined : propertyOf(object, after);
    return neighbour === undefined
      ? append(text, { elements: object.properties, end: object.getEnd() }, `${name}: [${entry}]`)
      : insert(text, neighbour.getEnd(), `, ${name}: [${entry}]`);
  }
  const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
  if (value !== undefined && ts.isArrayLiteralExpression(value))
    return append(text, { elements: value.elements, end: value.getEnd() }, entry);
  if (value !== undefined && ts.isIdentifier(value))
    return `${text.slice(0, value.getStart())}[...${value.text}, ${entry}]${text.slice(value.getEnd())}`;
  throw placeNotFound(path, `list "${name}"`, `${name}: [${entry}]`);
}

/**
 * Returns the text with an entry added to a list in `defineModule`, such as `migrations`. Creates the list if there is
 * none.
 */
export function appendToModule(
  path: string,
  text: string,
  name: string,
  entry: string,
  after: string,
): string {
  const object = specOf(path, text, `${name}: [${entry}] in defineModule`);
  return appendToProperty(path, text, { object, name, entry, after });
}

const isCreate = (property: ts.ObjectLiteralElementLike): boolean => property.name?.getText() === 'create';

/** Returns the syntax nodes of a module's `create: ({ … }) => { …; return { … }; }`. */
function createFunctionOf(path: string, text: string, byHand: string) {
  const create = specOf(path, text, byHand).properties.find(isCreate);
  const arrow = create === undefined ? undefined : find(create, ts.isArrowFunction);
  const given = arrow?.parameters[0]?.name;
  if (arrow === undefined) throw placeNotFound(path, 'create: (…) => …', byHand);
  const body = ts.isParenthesizedExpression(arrow.body) ? arrow.body.expression : arrow.body;
  const returned = ts.isBlock(body) ? body.statements.findLast(ts.isReturnStatement)?.expression : body;
  if (returned === undefined || !ts.isObjectLiteralExpression(returned))
    throw placeNotFound(path, 'create that returns { … }', byHand);
  return { arrow, given, returned };
}

/**
 * Returns the text with an entry added to a list that `create` returns, such as `jobs`. Creates the list if there is
 * none.
 */
export function appendToInstance(path: string, text: string, name: string, entry: string): string {
  const { returned } = createFunctionOf(path, text, `${name}: [${entry}] in the object that create returns`);
  return appendToProperty(path, text, { object: returned, name, entry, after: 'routes' });
}

/** Returns the text after adding a name, such as `logger`, to the dependencies that `create` destructures. */
export function destructureInCreate(path: string, text: string, name: string): string {
  const { arrow, given } = createFunctionOf(path, text, `${name} among the parameters of create`);
  if (given === undefined) return insert(text, arrow.getStart() + 1, `{ ${name} }`);
  if (!ts.isObjectBindingPattern(given))
    throw placeNotFound(path, 'create that takes { … }', `${name} among the parameters of create`);
  const has = given.elements.some((element) => element.getText() === name);
  return has ? text : append(text, { elements: given.elements, end: given.getEnd() }, name);
}

/** Returns whether the file has `const name = […]`. */
export function hasArray(path: string, text: string, name: string): boolean {
  const value = find(parse(path, text), isVariable(name))?.initializer;
  return value !== undefined && ts.isArrayLiteralExpression(value);
}

/**
 * Returns the text with a statement inserted before the declaration of `before`. Without `before`, inserts it at the
 * end.
 */
export function addStatement(path: string, text: string, statement: string, before?: string): string {
  const source = parse(path, text);
  const next = source.statements.find(
    (one) =>
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.some(({ name }) => name.getText() === before),
  );
  return next === undefined
    ? `${text.trimEnd()}\n\n${statement}\n`
    : insert(text, next.getStart(), `${statement}\n\n`);
}

const isClass =
  (name: string) =>
  (node: ts.Node): node is ts.ClassDeclaration =>
    ts.isClassDeclaration(node) && node.name?.text === name;

function classOf(path: string, text: string, name: string): ts.ClassDeclaration {
  const found = find(parse(path, text), isClass(name));
  if (found === undefined) throw placeNotFound(path, `class ${name}`, 'the column and its indexes.');
  return found;
}

const isKernelColumn = (member: ts.ClassElement): boolean => {
  const name = member.name?.getText();
  return name === 'search' || name === 'version' || name === 'createdAt';
};

/**
 * Returns the text with a member added to a class. The member comes before the columns that every entity has at its
 * end.
 */
export function addMember(path: string, text: string, name: string, member: string): string {
  const { members, end } = classOf(path, text, name);
  const next = members.find(isKernelColumn);
  return insert(text, next === undefined ? end - 1 : next.getStart(undefined, true), `${member}\n\n`);
}

/** Returns the text with decorators added to a class. */
export function decorateClass(path: string, text: string, name: string, lines: readonly string[]): string {
  const last = ts.getDecorators(classOf(path, text, name))?.at(-1);
  if (last === undefined) throw placeNotFound(path, `decorated class ${name}`, lines.join(' '));
  return insert(text, last.getEnd(), lines.map((line) => `\n${line}`).join(''));
}

const isFields = (node: ts.Node): node is ts.Identifier =>
  ts.isIdentifier(node) && node.text === 'fields' && !ts.isPropertyAccessExpression(node.parent);

/**
 * Returns the text after replacing `fields` with `storedFields` in these variables. `storedFields` allows null for some
 * fields.
 */
export function widenFields(path: string, text: string, names: readonly string[]): string {
  if (hasObject(path, text, 'storedFields')) return text;
  const replaced = names.reduce((done, name) => {
    const value = find(parse(path, done), isVariable(name))?.initializer;
    const use = value === undefined ? undefined : find(value, isFields);
    if (use === undefined) throw placeNotFound(path, `"fields" in ${name}`, 'the field in each schema.');
    const isWhole = !ts.isSpreadAssignment(use.parent) && name === names[0];
    return `${done.slice(0, use.getStart())}${isWhole ? '{ ...storedFields }' : 'storedFields'}${done.slice(use.getEnd())}`;
  }, text);
  const first = parse(path, replaced).statements.find(
    (one) =>
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.some(({ name }) => name.getText() === 'fields'),
  );
  return insert(replaced, first?.getEnd() ?? 0, '\n\nconst storedFields = {\n  ...fields,\n};');
}
