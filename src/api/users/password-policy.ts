import { dictionary } from '@zxcvbn-ts/language-common';
import { invalidInput, type InputFault } from '../../core/errors.ts';
import { canonicalEmail } from '../../utils/email.ts';

/** Says whether a new password will do; throws a validation error that names the field when it will not. */
export type PasswordPolicy = (
  password: string,
  owner: { readonly email: string; readonly path: string },
) => void;

const lengthMin = 8;

const trimSigns = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/**
 * Refuses what is tried first: the most common passwords, the person's own address, and the name of the product,
 * whatever digits and signs stand around it. No other rules of composition (NIST SP 800-63B).
 */
export function createPasswordPolicy(appName: string): PasswordPolicy {
  const common = new Set(
    [...dictionary['passwords-common']].map(String).filter(({ length }) => length >= lengthMin),
  );
  const product = appName.toLowerCase();

  const faultOf = (password: string, email: string): Pick<InputFault, 'rule' | 'message'> | undefined => {
    const lower = password.toLowerCase();
    const address = canonicalEmail(email);
    // The schema counts units of UTF-16, of which one character can have two.
    if (Array.from(password).length < lengthMin)
      return {
        rule: 'string.min',
        message: {
          en: `must be at least ${lengthMin} characters long`,
          de: `muss mindestens ${lengthMin} Zeichen lang sein`,
        },
      };
    if (common.has(lower))
      return {
        rule: 'password.common',
        message: {
          en: 'is one of the passwords that are tried first; choose another',
          de: 'gehört zu den Passwörtern, die zuerst probiert werden; ein anderes wählen',
        },
      };
    if (lower === address || trimSigns(lower) === address.split('@')[0])
      return {
        rule: 'password.email',
        message: {
          en: 'must not be the e-mail address',
          de: 'darf nicht die E-Mail-Adresse sein',
        },
      };
    if (trimSigns(lower) === product || lower.replace(/\s/g, '') === product)
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
    const fault = faultOf(password, email);
    if (fault !== undefined) throw invalidInput({ in: 'body', path, ...fault });
  };
}
