/** States whether the recipient's address is verified. */
export interface MailReader {
  readonly isVerified: boolean;
}

/**
 * Text of a template. Plain strings among its values are user-written and untrusted. Pass trusted words as `MailText`.
 */
export class MailText {
  constructor(
    private readonly parts: readonly string[],
    private readonly values: readonly MailValue[],
  ) {}

  /**
   * Returns whether the text contains user-written words. Anyone can register with the address of someone else, so an
   * unverified address must not receive such words.
   */
  hasUntrustedText(): boolean {
    return this.values.some((value) =>
      value instanceof MailText ? value.hasUntrustedText() : isUntrusted(value),
    );
  }

  render({ isVerified }: MailReader): string {
    const shown = this.values.map((value) => {
      if (value instanceof MailText) return value.render({ isVerified });
      if (!isUntrusted(value)) return String(value);
      return isVerified ? neutralize(value) : '';
    });
    return this.parts.map((part, index) => part + (shown[index] ?? '')).join('');
  }
}

type MailValue = string | number | MailText;

const isUntrusted = (value: MailValue): value is string => typeof value === 'string';

/** Creates mail text: text`The name is ${name}.` */
export const text = (parts: TemplateStringsArray, ...values: readonly MailValue[]): MailText =>
  new MailText(parts, values);

/** Marks product text, such as a sentence of another module, as safe for every recipient. */
export const trustedText = (words: string): MailText => new MailText([words], []);

/**
 * Neutralizes a name and shows it even to unverified addresses. Use it only for mails that make no sense without the
 * name.
 */
export const publicName = (name: string): MailText => trustedText(neutralize(name));

const maxCharacters = 60;

/**
 * Makes user-written text safe to quote: converts it to one line of at most 60 characters that mail programs do not
 * turn into links. `Ann https://evil.example` becomes `Ann evil. example`.
 */
export function neutralize(quoted: string): string {
  const plain = quoted
    // Converts look-alike dots and slashes to the ASCII characters that the rules below handle.
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{L}\p{N}+.-]+:[/\\]+/gu, ' ')
    .replace(/(?<=\p{L}):(?=\S)/gu, ': ')
    .replace(/(?<=\S)[.。](?=\p{L})/gu, '. ')
    .replace(/\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b/g, '$1. $2. $3. $4')
    .replace(/ +/g, ' ')
    .trim();
  return Array.from(plain).slice(0, maxCharacters).join('').trim();
}
