import { Failure } from './failure.ts';
import { type Field, fieldTypeNames, type FieldTypeName } from './field.ts';
import { fieldTypes } from './field-types.ts';
import { toSnake } from './names.ts';
import { ownFields, sqlWords, typescriptWords } from './reserved.ts';

interface Part {
  readonly word: string;
  /** The text between the parentheses, or undefined if there are none. */
  readonly inner: string | undefined;
  readonly isNullable: boolean;
}

/** Splits a text at separators, but not inside parentheses. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [part, depth] = ['', 0];
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === separator && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part].map((one) => one.trim());
}

function readPart(text: string, written: string): Part {
  const match = /^([a-z]+)\s*(?:\(([^()]*)\))?\s*(\?)?$/.exec(text);
  if (match === null)
    throw new Failure(
      `Cannot parse "${text}" in "${written}". Write name:type(…):modifier(…), with ? after a nullable type.`,
    );
  return { word: match[1] ?? '', inner: match[2]?.trim(), isNullable: match[3] === '?' };
}

const isTypeName = (word: string): word is FieldTypeName => fieldTypeNames.some((name) => name === word);

/** Maps type names of other languages to the type names to suggest. */
const otherNames: Readonly<Record<string, string>> = {
  number: 'int, bigint or decimal(12,2)', float: 'decimal(12,2)', double: 'decimal(12,2)', money: 'int, in minor units, or decimal(12,2)',
  integer: 'int', boolean: 'bool', varchar: 'string', timestamp: 'datetime', jsonb: 'json', object: 'json', array: 'json',
}; // prettier-ignore

function readType({ word }: Part, name: string): FieldTypeName {
  if (isTypeName(word)) return word;
  const hint = otherNames[word];
  throw new Failure(
    `"${name}" has the unknown type "${word}". Use ${hint === undefined ? `one of ${fieldTypeNames.join(', ')}` : hint}.`,
  );
}

function assertName(name: string): void {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
    throw new Failure(`"${name}" is not a valid field name. Write it in camelCase, for example amountMinor.`);
  const column = toSnake(name);
  if (name in Object.prototype || ownFields.has(name) || typescriptWords.has(name) || sqlWords.has(column))
    throw new Failure(
      `A field cannot be named "${name}": TypeScript, SQL, every module or every list already uses the name. Choose another.`,
    );
}

const refuseArguments = (name: string, type: string, inner: string | undefined): void => {
  if (inner !== undefined)
    throw new Failure(
      `"${name}": ${type} takes no argument. Bounds are modifiers, for example ${type}:max(100).`,
    );
};

function readValues(name: string, inner: string | undefined): string[] {
  const values = (inner ?? '').split('|').map((value) => value.trim());
  const odd = values.find((value) => !/^[a-z][a-zA-Z0-9_-]*$/.test(value));
  if (odd !== undefined || values.length < 2 || new Set(values).size < values.length)
    throw new Failure(
      `"${name}": an enum needs at least two distinct values of letters, digits, _ and -, for example enum(draft|sent|paid).`,
    );
  return values;
}

function readDigits(name: string, inner: string | undefined): [number, number] {
  const match = /^(\d{1,2})\s*,\s*(\d{1,2})$/.exec(inner ?? '12,2');
  const [precision, scale] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || precision > 38 || scale < 1 || scale >= precision)
    throw new Failure(
      `"${name}": a decimal needs a precision of at most 38 digits and a scale from 1 to one less than the precision, for example decimal(12,2).`,
    );
  return [precision, scale];
}

function readTarget(name: string, inner: string | undefined): string {
  if (inner === undefined || inner === '')
    throw new Failure(`"${name}": a ref needs the module that it refers to, for example ref(users).`);
  return inner;
}

function readBounds(name: string, type: FieldTypeName, parts: readonly Part[]): Pick<Field, 'min' | 'max'> {
  const { bounds } = fieldTypes[type];
  const read = (word: 'min' | 'max'): number | undefined => {
    const inner = parts.find((part) => part.word === word)?.inner;
    if (!parts.some((part) => part.word === word)) return undefined;
    if (bounds === undefined) throw new Failure(`"${name}": a ${type} does not support ${word}.`);
    if (type === 'decimal' && (word === 'max' || inner !== '0'))
      throw new Failure(
        `"${name}": a decimal allows min(0) and no other bound, because its precision limits it.`,
      );
    const value = Number(inner);
    if (inner === undefined || !/^-?\d+$/.test(inner) || value < bounds.least || value > bounds.most)
      throw new Failure(
        `"${name}": ${word} of a ${type} must be an integer from ${bounds.least} to ${bounds.most} (${bounds.of}), for example ${word}(10).`,
      );
    return value;
  };
  const [min, max] = [read('min'), read('max')];
  const least = min ?? (type === 'string' || type === 'text' ? 1 : undefined);
  if (least !== undefined && max !== undefined && least >= max && type !== 'decimal')
    throw new Failure(`"${name}": max must be greater than min, which is ${least}.`);
  return { min, max };
}

function assertModifiers(
  name: string,
  type: FieldTypeName,
  target: string,
  modifiers: readonly Part[],
  isNullable: boolean,
): void {
  const has = (word: string) => modifiers.some((part) => part.word === word);
  const unknown = modifiers.find(({ word }) => !['unique', 'min', 'max', 'owner'].includes(word));
  if (unknown !== undefined)
    throw new Failure(`"${name}": unknown modifier "${unknown.word}". Use unique, min(n), max(n) or owner.`);
  if (modifiers.some((part) => part.isNullable))
    throw new Failure(`"${name}": write the ? directly after the type, for example ${type}?:unique.`);
  const odd = modifiers.find(({ word, inner }) => /^(?:unique|owner)$/.test(word) && inner !== undefined);
  if (odd !== undefined) throw new Failure(`"${name}": ${odd.word} takes no argument.`);
  const words = modifiers.map(({ word }) => word);
  if (new Set(words).size < words.length) throw new Failure(`"${name}" repeats a modifier. Remove one.`);
  if (has('unique') && !fieldTypes[type].canBeUnique)
    throw new Failure(`"${name}": a ${type} cannot be unique.`);
  if (has('owner') && (target !== 'users' || isNullable || has('unique')))
    throw new Failure(
      `"${name}": an owner must be a ref(users) that is neither nullable nor unique, for example author:ref(users):owner.`,
    );
}

function readField(written: string): Field {
  const [name = '', typeText = '', ...rest] = splitOutside(written, ':');
  assertName(name);
  if (typeText === '') throw new Failure(`"${name}" has no type. Write for example ${name}:string.`);
  const typePart = readPart(typeText, written);
  const modifiers = rest.map((text) => readPart(text, written));
  const type = readType(typePart, name);
  if (!['enum', 'decimal', 'ref'].includes(type)) refuseArguments(name, type, typePart.inner);
  const target = type === 'ref' ? readTarget(name, typePart.inner) : '';
  if (type === 'ref' && /[a-z]Id$/.test(name))
    throw new Failure(
      `"${name}": the generator appends Id to a ref. Write ${name.slice(0, -2)}:ref(${target}).`,
    );
  assertModifiers(name, type, target, modifiers, typePart.isNullable);
  const property = type === 'ref' ? `${name}Id` : name;
  return {
    name,
    type,
    property,
    column: toSnake(property),
    isNullable: typePart.isNullable,
    isUnique: modifiers.some(({ word }) => word === 'unique'),
    isOwner: modifiers.some(({ word }) => word === 'owner'),
    ...readBounds(name, type, modifiers),
    values: type === 'enum' ? readValues(name, typePart.inner) : [],
    digits: type === 'decimal' ? readDigits(name, typePart.inner) : [12, 2],
    target,
  };
}

function assertTogether(fields: readonly Field[]): void {
  const properties = fields.flatMap((field) =>
    [field.property, field.name].filter((name, index, all) => all.indexOf(name) === index),
  );
  const twice = properties.find((name, index) => properties.indexOf(name) !== index);
  if (twice !== undefined) throw new Failure(`Two fields are named "${twice}". Rename one.`);
  if (fields.filter(({ isOwner }) => isOwner).length > 1)
    throw new Failure('Only one field can be the owner. Remove the other modifier.');
  if (fields.every(({ isOwner }) => isOwner))
    throw new Failure('A module needs a field besides its owner. Add one.');
}

/**
 * Parses fields such as `number:string:unique, dueOn:date?, customer:ref(users)`. Throws a `Failure` if the syntax is
 * wrong.
 */
export function readFields(text: string): Field[] {
  if ((text.match(/\(/g) ?? []).length !== (text.match(/\)/g) ?? []).length)
    throw new Failure('The fields have unbalanced parentheses. Close each ( with a ).');
  const fields = splitOutside(text, ',')
    .filter((part, index, all) => part !== '' || index < all.length - 1)
    .map(readField);
  assertTogether(fields);
  return fields;
}
