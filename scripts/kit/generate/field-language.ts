import { Failure } from './failure.ts';
import { type Field, fieldTypeNames, type FieldTypeName } from './field.ts';
import { fieldTypes } from './field-types.ts';
import { toSnake } from './names.ts';
import { ownFields, sqlWords, typescriptWords } from './reserved.ts';

interface Part {
  readonly word: string;
  /** Between the brackets; undefined where there are none. */
  readonly inner: string | undefined;
  readonly isNullable: boolean;
}

/** Splits at a separator that stands in no brackets. */
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
      `"${written}" cannot be read at "${text}": write name:type(…):modifier(…), with ? after a type that may be null.`,
    );
  return { word: match[1] ?? '', inner: match[2]?.trim(), isNullable: match[3] === '?' };
}

const isTypeName = (word: string): word is FieldTypeName => fieldTypeNames.some((name) => name === word);

/** What other languages call a type that is here under another name. */
const otherNames: Readonly<Record<string, string>> = {
  number: 'int, bigint or decimal(12,2)', float: 'decimal(12,2)', double: 'decimal(12,2)', money: 'int, in minor units, or decimal(12,2)',
  integer: 'int', boolean: 'bool', varchar: 'string', timestamp: 'datetime', jsonb: 'json', object: 'json', array: 'json',
}; // prettier-ignore

function readType({ word }: Part, name: string): FieldTypeName {
  if (isTypeName(word)) return word;
  const hint = otherNames[word];
  throw new Failure(
    `"${name}" has the type "${word}", which is not known: ${hint === undefined ? `take one of ${fieldTypeNames.join(', ')}` : `take ${hint}`}.`,
  );
}

function assertName(name: string): void {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
    throw new Failure(`"${name}" is no name of a field: write it in camelCase, such as amountMinor.`);
  const column = toSnake(name);
  if (name in Object.prototype || ownFields.has(name) || typescriptWords.has(name) || sqlWords.has(column))
    throw new Failure(
      `A field cannot be called "${name}": TypeScript, SQL, every module or every list has that name already. Choose another.`,
    );
}

const refuseArguments = (name: string, type: string, inner: string | undefined): void => {
  if (inner !== undefined)
    throw new Failure(
      `"${name}": ${type} takes nothing in brackets; bounds are modifiers, as ${type}:max(100).`,
    );
};

function readValues(name: string, inner: string | undefined): string[] {
  const values = (inner ?? '').split('|').map((value) => value.trim());
  const odd = values.find((value) => !/^[a-z][a-zA-Z0-9_-]*$/.test(value));
  if (odd !== undefined || values.length < 2 || new Set(values).size < values.length)
    throw new Failure(
      `"${name}": an enum names at least two different values, of letters, digits, _ and -, as enum(draft|sent|paid).`,
    );
  return values;
}

function readDigits(name: string, inner: string | undefined): [number, number] {
  const match = /^(\d{1,2})\s*,\s*(\d{1,2})$/.exec(inner ?? '12,2');
  const [precision, scale] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || precision > 38 || scale < 1 || scale >= precision)
    throw new Failure(
      `"${name}": a decimal names its digits in all (up to 38) and those behind the point (at least one, and one before it), as decimal(12,2).`,
    );
  return [precision, scale];
}

function readTarget(name: string, inner: string | undefined): string {
  if (inner === undefined || inner === '')
    throw new Failure(`"${name}": a ref names the module that it refers to, as ref(users).`);
  return inner;
}

function readBounds(name: string, type: FieldTypeName, parts: readonly Part[]): Pick<Field, 'min' | 'max'> {
  const { bounds } = fieldTypes[type];
  const read = (word: 'min' | 'max'): number | undefined => {
    const inner = parts.find((part) => part.word === word)?.inner;
    if (!parts.some((part) => part.word === word)) return undefined;
    if (bounds === undefined) throw new Failure(`"${name}": a ${type} has no ${word}.`);
    if (type === 'decimal' && (word === 'max' || inner !== '0'))
      throw new Failure(`"${name}": a decimal may have min(0) and no other bound; its digits bound it.`);
    const value = Number(inner);
    if (inner === undefined || !/^-?\d+$/.test(inner) || value < bounds.least || value > bounds.most)
      throw new Failure(
        `"${name}": ${word} of a ${type} is a whole number from ${bounds.least} to ${bounds.most} (${bounds.of}), as ${word}(10).`,
      );
    return value;
  };
  const [min, max] = [read('min'), read('max')];
  const least = min ?? (type === 'string' || type === 'text' ? 1 : undefined);
  if (least !== undefined && max !== undefined && least >= max && type !== 'decimal')
    throw new Failure(`"${name}": max must be more than min, which is ${least}.`);
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
    throw new Failure(`"${name}": "${unknown.word}" is no modifier: take unique, min(n), max(n) or owner.`);
  if (modifiers.some((part) => part.isNullable))
    throw new Failure(`"${name}": the ? comes right after the type, as ${type}?:unique.`);
  const odd = modifiers.find(({ word, inner }) => /^(?:unique|owner)$/.test(word) && inner !== undefined);
  if (odd !== undefined) throw new Failure(`"${name}": ${odd.word} takes nothing in brackets.`);
  const words = modifiers.map(({ word }) => word);
  if (new Set(words).size < words.length) throw new Failure(`"${name}" has a modifier twice.`);
  if (has('unique') && !fieldTypes[type].canBeUnique)
    throw new Failure(`"${name}": a ${type} cannot be unique.`);
  if (has('owner') && (target !== 'users' || isNullable || has('unique')))
    throw new Failure(
      `"${name}": an owner is a ref(users) that is neither null nor unique, as author:ref(users):owner.`,
    );
}

function readField(written: string): Field {
  const [name = '', typeText = '', ...rest] = splitOutside(written, ':');
  assertName(name);
  if (typeText === '') throw new Failure(`"${name}" has no type: write ${name}:string, for example.`);
  const typePart = readPart(typeText, written);
  const modifiers = rest.map((text) => readPart(text, written));
  const type = readType(typePart, name);
  if (!['enum', 'decimal', 'ref'].includes(type)) refuseArguments(name, type, typePart.inner);
  const target = type === 'ref' ? readTarget(name, typePart.inner) : '';
  if (type === 'ref' && /[a-z]Id$/.test(name))
    throw new Failure(`"${name}": a ref gets its Id by itself: write ${name.slice(0, -2)}:ref(${target}).`);
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
  if (twice !== undefined) throw new Failure(`Two fields are called "${twice}": rename one.`);
  if (fields.filter(({ isOwner }) => isOwner).length > 1)
    throw new Failure('Only one field can be the owner: drop the other modifier.');
  if (fields.every(({ isOwner }) => isOwner))
    throw new Failure('A module needs a field besides its owner: name one.');
}

/** Reads `number:string:unique, dueOn:date?, customer:ref(users)`; throws a `Failure` that says what is wrong. */
export function readFields(text: string): Field[] {
  if ((text.match(/\(/g) ?? []).length !== (text.match(/\)/g) ?? []).length)
    throw new Failure('The fields have a bracket without its other half: each ( needs a ).');
  const fields = splitOutside(text, ',')
    .filter((part, index, all) => part !== '' || index < all.length - 1)
    .map(readField);
  assertTogether(fields);
  return fields;
}
