/** Says whether the reader has shown that the address is theirs. */
export interface MailReader {
  readonly isVerified: boolean;
}

/** Text of a template. A plain string among its values was written by people; our own words are texts themselves. */
export class MailText {
  constructor(
    private readonly parts: readonly string[],
    private readonly values: readonly MailValue[],
  ) {}

  /** Whether it quotes people, which an unverified address must not receive: anyone can register with it. */
  hasUntrustedText(): boolean {
    return this.values.some((value) =>
      value instanceof MailText ? value.hasUntrustedText() : isQuote(value),
    );
  }

  render({ isVerified }: MailReader): string {
    const shown = this.values.map((value) => {
      if (value instanceof MailText) return value.render({ isVerified });
      if (!isQuote(value)) return String(value);
      return isVerified ? neutralize(value) : '';
    });
    return this.parts.map((part, index) => part + (shown[index] ?? '')).join('');
  }
}

type MailValue = string | number | MailText;

const isQuote = (value: MailValue): value is string => typeof value === 'string';

/** Writes a text of a mail: text`The name is ${name}.` */
export const text = (parts: TemplateStringsArray, ...values: readonly MailValue[]): MailText =>
  new MailText(parts, values);

/** Marks words of our own, such as a sentence of another module, as safe to show to anyone. */
export const trustedText = (words: string): MailText => new MailText([words], []);

/** Shows a name also to unverified addresses, neutralized. Only for what the mail makes no sense without. */
export const publicName = (name: string): MailText => trustedText(neutralize(name));

const maxCharacters = 60;

/**
 * Makes text of people safe to quote: one line of at most 60 characters in which no mail program finds an address to
 * link. `Ann https://evil.example` becomes `Ann evil. example`.
 */
export function neutralize(quoted: string): string {
  const plain = quoted
    // Other dots and slashes become the ones that the rules below know.
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
