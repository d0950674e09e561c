import { describe, expect, it } from '@jest/globals';
import { createPasswordPolicy } from './password-policy.ts';

const assertStrong = createPasswordPolicy('Acme Shop');
const owner = { email: 'ada.lovelace@example.com', path: 'password' };

/** Returns the rule that a password violates, or undefined. */
function violatedRule(password: string): unknown {
  try {
    assertStrong(password, owner);
    return undefined;
  } catch (error) {
    return (error as { details: { in: string; path: string; rule: string }[] }).details[0]?.rule;
  }
}

describe('the password policy', () => {
  it.each(['password', '12345678', 'qwertyuiop', 'PassWord1', 'iloveyou', 'football', 'sunshine'])(
    'rejects the common password %s',
    (password) => {
      expect(violatedRule(password)).toBe('password.common');
    },
  );

  it.each(['ada.lovelace@example.com', 'ADA.Lovelace@Example.com', 'ada.lovelace', '  ada.lovelace 1815!'])(
    'rejects %s, which is the address',
    (password) => {
      expect(violatedRule(password)).toBe('password.email');
    },
  );

  it.each(['Acme Shop', 'acme shop 2026!', '123acme shop123'])(
    'rejects %s, which is the product',
    (password) => {
      expect(violatedRule(password)).toBe('password.product');
    },
  );

  it.each([
    'correct horse battery',
    'ada.lovelace likes engines',
    'my acme shop is closed',
    'pässwörter sind lang',
    '        a       ',
    '🐎🐎🐎🐎🐎🐎🐎🐎',
  ])('accepts %s: there are no composition rules', (password) => {
    expect(violatedRule(password)).toBeUndefined();
  });

  it('rejects the address in another spelling of its domain', () => {
    const policy = () => {
      assertStrong('ada@BÜCHER.example', { email: 'ada@xn--bcher-kva.example', path: 'password' });
    };
    expect(policy).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ rule: 'password.email' })] }),
    );
  });

  it.each(['pass\u00adword', 'iloveyou\u200b'])(
    'rejects a common password with invisible characters: %j',
    (password) => {
      expect(violatedRule(password)).toBe('password.common');
    },
  );

  it('names the field', () => {
    const path = 'newPassword';
    expect(() => {
      assertStrong('password', { ...owner, path });
    }).toThrow(expect.objectContaining({ details: [expect.objectContaining({ in: 'body', path })] }));
  });
});
