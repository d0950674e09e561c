import { describe, expect, it } from '@jest/globals';
import { createPasswordPolicy } from './password-policy.ts';

const assertGood = createPasswordPolicy('Acme Shop');
const owner = { email: 'ada.lovelace@example.com', path: 'password' };

/** The rule that refuses a password; undefined when it will do. */
function refusalOf(password: string): unknown {
  try {
    assertGood(password, owner);
    return undefined;
  } catch (error) {
    return (error as { details: { in: string; path: string; rule: string }[] }).details[0]?.rule;
  }
}

describe('the password policy', () => {
  it.each(['password', '12345678', 'qwertyuiop', 'PassWord1', 'iloveyou', 'football', 'sunshine'])(
    'refuses %s, which is tried first',
    (password) => {
      expect(refusalOf(password)).toBe('password.common');
    },
  );

  it.each(['ada.lovelace@example.com', 'ADA.Lovelace@Example.com', 'ada.lovelace', '  ada.lovelace 1815!'])(
    'refuses %s, which is the address',
    (password) => {
      expect(refusalOf(password)).toBe('password.email');
    },
  );

  it.each(['Acme Shop', 'acme shop 2026!', '123acme shop123'])(
    'refuses %s, which is the product',
    (password) => {
      expect(refusalOf(password)).toBe('password.product');
    },
  );

  it.each([
    'correct horse battery',
    'ada.lovelace likes engines',
    'my acme shop is closed',
    'pässwörter sind lang',
    '        a       ',
    '🐎🐎🐎🐎🐎🐎🐎🐎',
  ])('takes %s: there are no other rules of composition', (password) => {
    expect(refusalOf(password)).toBeUndefined();
  });

  it('refuses the address in another spelling of its domain', () => {
    const policy = () => {
      assertGood('ada@BÜCHER.example', { email: 'ada@xn--bcher-kva.example', path: 'password' });
    };
    expect(policy).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ rule: 'password.email' })] }),
    );
  });

  it.each(['pass\u00adword', 'iloveyou\u200b'])(
    'refuses a common password with invisible characters: %j',
    (password) => {
      expect(refusalOf(password)).toBe('password.common');
    },
  );

  it('names the field and says in words what to do', () => {
    const path = 'newPassword';
    expect(() => {
      assertGood('password', { ...owner, path });
    }).toThrow(expect.objectContaining({ details: [expect.objectContaining({ in: 'body', path })] }));
  });
});
