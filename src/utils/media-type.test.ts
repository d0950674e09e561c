import { describe, expect, it } from '@jest/globals';
import { isUtf8MediaType } from './media-type.ts';

describe('isUtf8MediaType', () => {
  it.each([
    'text/csv',
    'TEXT/CSV',
    ' text/csv ',
    'text/csv;',
    'text/csv; ;charset=utf-8',
    'text/csv;charset=utf-8',
    'text/csv;charset=utf8',
    'text/csv; charset=UTF8',
    'text/csv; Charset="utf-8"',
    'text/csv; charset="ut\\f-8"',
    'text/csv\t;\tcharset=utf-8',
    'text/csv; header=present',
    'text/csv; header=present; charset=utf-8; q="a; charset=latin1"',
    'text/csv; version="1;2"',
  ])('accepts %j', (header) => {
    expect(isUtf8MediaType(header, 'text/csv')).toBe(true);
  });

  it.each([
    '',
    ';',
    'text',
    'text/csvs',
    'text/*',
    'text/csv, text/plain',
    'text/csv text/plain',
    'application/csv',
    'text/csv+json',
    'text/csv;charset=iso-8859-1',
    'text/csv;charset=utf-16',
    'text/csv;charset=utf-7',
    'text/csv;charset=""',
    'text/csv; x="; charset=utf-8"; charset="latin1"',
  ])('rejects %j', (header) => {
    expect(isUtf8MediaType(header, 'text/csv')).toBe(false);
  });
});
