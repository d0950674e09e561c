import type { Language } from '../../core/languages.ts';
import type { MailText } from './mail-text.ts';

/**
 * A paragraph, or a link that stands out; rendering escapes both. A paragraph that quotes people is left out of mail to
 * an unverified address: give the quotation a paragraph of its own.
 */
export type MailBlock = MailText | { readonly label: MailText; readonly url: string };

interface MailWords<Values> {
  readonly subject: (values: Values) => MailText;
  /** Without a greeting: rendering adds it. */
  readonly body: (values: Values) => readonly MailBlock[];
}

/** A mail in every language, waiting for its values. */
export type MailTemplate<Values> = Readonly<Record<Language, MailWords<Values>>>;

/** Declares a mail: what it says, in each language. */
export const defineMail = <Values extends object>(template: MailTemplate<Values>): MailTemplate<Values> =>
  template;
