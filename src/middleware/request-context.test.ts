import { describe, expect, it } from '@jest/globals';
import express, { type Request } from 'express';
import { languageOf } from './request-context.ts';

const accepting = (header: string | undefined): Request =>
  Object.assign(Object.create(express.request) as Request, { headers: { 'accept-language': header } });

describe('languageOf', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us', 'en'],
    ['en, de', 'en'],
    ['en ; q=0.9 , de ; q=0.8', 'en'],
    ['en;q=0.5, de;q=0.5', 'en'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'en'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;level=1;q=0.1, en;q=0.2', 'en'],
    // #region de
    ['de', 'de'],
    ['de-AT', 'de'],
    ['de-Latn-DE-1996', 'de'],
    ['DE-at', 'de'],
    ['de, en', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en;q=0.8, de;q=0.9', 'de'],
    ['fr, de;q=0.5, en;q=0.1', 'de'],
    [',,;,de', 'de'],
    // #endregion
  ])('reads %j as %s', (header, language) => {
    expect(languageOf(accepting(header))).toBe(language);
  });

  it.each([
    undefined,
    '',
    '*',
    'fr',
    'den',
    'deutsch',
    'd',
    '-de',
    'fr-de',
    'de;q=0',
    ';q=1',
    '__proto__',
    'de\0',
    `de,${'fr,'.repeat(333)}`,
  ])('returns null for %j', (header) => {
    expect(languageOf(accepting(header))).toBeNull();
  });
});
