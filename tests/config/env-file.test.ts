import { describe, expect, it } from '@jest/globals';
import { parseEnvFile } from '../../src/config/env-file.ts';

describe('parseEnvFile', () => {
  it.each([
    ['a byte order mark', '\uFEFFA=1\nB=2', { A: '1', B: '2' }],
    ['Windows line endings', 'A=1\r\nB="2"\r\n\r\n# c\r\nC=\r\n', { A: '1', B: '2', C: '' }],
    ['classic Mac line endings', 'A=1\rB=2\r', { A: '1', B: '2' }],
    ['export', 'export A=1\nexport   B="2"\n\texport\tC=3', { A: '1', B: '2', C: '3' }],
    ['spaces', '  A = 1 \n\tB\t=\t2\t\n', { A: '1', B: '2' }],
    ['quotes', `A="x # y"\nB='z "q"'\nC=\`it's\``, { A: 'x # y', B: 'z "q"', C: "it's" }],
    ['values over several lines', 'A="one\ntwo"\r\nB=\'x\r\ny\'\nC=3', { A: 'one\ntwo', B: 'x\ny', C: '3' }],
    ['escaped newlines in double quotes', `A="a\\nb"\nB='a\\nb'`, { A: 'a\nb', B: 'a\\nb' }],
    ['comments', '#A=1\nB=2 # c\nC="3" # c\nD=#c\n#', { B: '2', C: '3', D: '' }],
    ['JSON in quotes', `A='[{"name":"x"}]'\nB=2`, { A: '[{"name":"x"}]', B: '2' }],
    ['special characters in values', 'A=x=y==\nB=$C\nC=a"b\\c', { A: 'x=y==', B: '$C', C: 'a"b\\c' }],
    ['the last of duplicate names', 'A=1\nA=2\n', { A: '2' }],
    ['nothing', '\uFEFF\r\n', {}],
  ])('reads %s', (_what, text, values) => {
    expect(parseEnvFile(text)).toEqual({ values, issues: [] });
  });

  it.each([
    ['a line without =', 'SENTINEL', /is not NAME=value/],
    ['no name', '=SENTINEL', /is not NAME=value/],
    ['a name of two words', 'MY KEY=SENTINEL', /is not NAME=value/],
    ['a colon', 'A: SENTINEL', /is not NAME=value/],
    ['the Windows set command', 'set A=SENTINEL', /is not NAME=value/],
    ['export alone', 'export A', /is not NAME=value/],
    ['an unclosed quote', 'A="SENTINEL', /has an unclosed quote in A/],
    ['text after a quote', `A='it's SENTINEL'`, /has text after the closing quote of A/],
    ['a # that may be a comment', 'A=SENTINEL#1', /has a # in A; put the value in single quotes/],
  ])('reports the line of %s without its text, and reads the rest', (_what, line, message) => {
    const { values, issues } = parseEnvFile(`B=1\r\n\r\n${line}\nC=2\n`);
    expect(values).toEqual({ B: '1', C: '2' });
    expect(issues).toEqual([{ line: 3, message: expect.stringMatching(message) }]);
    expect(JSON.stringify(issues)).not.toContain('SENTINEL');
  });

  it('counts the lines of values before an error', () => {
    expect(parseEnvFile('A="1\n2\n3"\n\nwrong').issues).toMatchObject([{ line: 5 }]);
  });
});
