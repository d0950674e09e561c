import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../scripts/kit/generate/failure.ts';
import { readFields } from '../../scripts/kit/generate/field-language.ts';

const everything =
  'number:string:unique, title:string:min(3):max(80), note:text?, amountMinor:int:min(0), points:bigint?, rate:decimal(12,2):min(0), isPaid:bool, status:enum(draft|sent|paid), dueOn:date, sentAt:datetime?, tracking:uuid, contact:email:unique, lines:json, customer:ref(users), author:ref(users):owner';

describe('readFields', () => {
  it('parses every type and modifier', () => {
    const fields = readFields(everything);
    expect(fields.map(({ property, type }) => `${property} ${type}`)).toEqual([
      'number string', 'title string', 'note text', 'amountMinor int', 'points bigint', 'rate decimal', 'isPaid bool',
      'status enum', 'dueOn date', 'sentAt datetime', 'tracking uuid', 'contact email', 'lines json', 'customerId ref', 'authorId ref',
    ]); // prettier-ignore
    expect(fields[0]).toMatchObject({ isUnique: true, isNullable: false });
    expect(fields[1]).toMatchObject({ min: 3, max: 80 });
    expect(fields[2]).toMatchObject({ isNullable: true });
    expect(fields[3]).toMatchObject({ column: 'amount_minor', min: 0, max: undefined });
    expect(fields[5]).toMatchObject({ digits: [12, 2], min: 0 });
    expect(fields[7]).toMatchObject({ values: ['draft', 'sent', 'paid'] });
    expect(fields[13]).toMatchObject({ target: 'users', column: 'customer_id', isOwner: false });
    expect(fields[14]).toMatchObject({ isOwner: true });
  });

  it('accepts spaces, line breaks and a trailing comma', () => {
    expect(readFields(' a : string ,\n b:enum( x | y )? , ').map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it.each([
    [',', 'not a valid field name'],
    ['number', 'has no type'],
    ['Number:string', 'not a valid field name'],
    ['due_on:date', 'camelCase'],
    ['a:string, a:int', 'Two fields are named "a"'],
    ['customer:ref(users), customerId:uuid', 'Two fields are named "customerId"'],
    ['a:strnig', 'unknown type "strnig"'],
    ['a:number', 'int, bigint or decimal(12,2)'],
    ['a:money', 'in minor units'],
    ['a:string(100)', 'takes no argument'],
    ['a:string:uniq', 'unknown modifier "uniq"'],
    ['a:string:unique:unique', 'repeats a modifier'],
    ['a:string:unique?', 'directly after the type'],
    ['a:string:unique(1)', 'takes no argument'],
    ['a:string:max(201)', 'from 0 to 200'],
    ['a:string:min(9):max(3)', 'greater than min, which is 9'],
    ['a:int:min(1.5)', 'an integer'],
    ['a:int:min', 'an integer'],
    ['a:int:max(2147483648)', '2147483647'],
    ['a:bool:min(1)', 'does not support min'],
    ['a:decimal:max(5)', 'no other bound'],
    ['a:decimal(2,2)', 'one less than the precision'],
    ['a:decimal(40,2)', 'at most 38'],
    ['a:bool:unique', 'cannot be unique'],
    ['a:json:unique', 'cannot be unique'],
    ['a:enum(one)', 'at least two'],
    ['a:enum(one|one)', 'at least two'],
    ["a:enum(one|it's)", 'letters, digits'],
    ['a:ref', 'needs the module'],
    ['userId:ref(users)', 'Write user:ref(users)'],
    ['a:string, b:ref(products):owner', 'an owner must be a ref(users)'],
    ['a:string, b:ref(users)?:owner', 'neither nullable nor unique'],
    ['a:string, b:ref(users):owner, c:ref(users):owner', 'Only one field'],
    ['b:ref(users):owner', 'besides its owner'],
    ['a:enum(one|two', 'each ( with a )'],
    ['a:string b:int', 'Cannot parse'],
    ['class:string', 'TypeScript, SQL'],
    ['order:int', 'TypeScript, SQL'],
    ['id:uuid', 'every module'],
    ['createdAt:datetime', 'every module'],
    ['passwordHash:string', 'every module'],
    ['sort:int', 'every list'],
  ])('refuses "%s"', (text, reason) => {
    expect(() => readFields(text)).toThrow(Failure);
    expect(() => readFields(text)).toThrow(reason);
  });
});
