import { dictionary } from '@zxcvbn-ts/language-common';
import { invalidInput, type InputIssue } from '../../core/errors.ts';
import { canonicalEmail } from '../../utils/email.ts';
import { withoutIgnorable } from '../../utils/unicode.ts';

/** Says whether a new password will do; throws a validation error that names the field when it will not. */
export type PasswordPolicy = (
  password: string,
  owner: { readonly email: string; readonly path: string },
) => void;

// As it looks: what differs in invisible characters only is as easy to guess.
const normalize = (text: string): string => withoutIgnorable(text.normalize('NFC')).toLowerCase();

const trimSigns = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/**
 * Refuses what is tried first: the most common passwords, the person's own address, and the name of the product,
 * whatever digits and signs stand around it. No other rules of composition (NIST SP 800-63B).
 */
export function createPasswordPolicy(appName: string): PasswordPolicy {
  const common = new Set([...dictionary['passwords-common']].map(String));
  const product = trimSigns(normalize(appName));

  const issueOf = (password: string, email: string): Pick<InputIssue, 'rule' | 'message'> | undefined => {
    const lower = normalize(password);
    const address = email.toLowerCase();
    if (common.has(lower))
      return {
        rule: 'password.common',
        message: {
          en: 'is one of the passwords that are tried first; choose another',
          de: 'gehört zu den Passwörtern, die zuerst probiert werden; ein anderes wählen',
        },
      };
    if (canonicalEmail(lower) === address || trimSigns(lower) === address.split('@')[0])
      return {
        rule: 'password.email',
        message: {
          en: 'must not be the e-mail address',
          de: 'darf nicht die E-Mail-Adresse sein',
        },
      };
    if (product !== '' && (trimSigns(lower) === product || lower.replace(/\s/g, '') === product))
      return {
        rule: 'password.product',
        message: {
          en: 'must not be the name of the product',
          de: 'darf nicht der Name des Produkts sein',
        },
      };
    return undefined;
  };

  return (password, { email, path }) => {
    const issue = issueOf(password, email);
    if (issue !== undefined) throw invalidInput({ in: 'body', path, ...issue });
  };
}
