import type { Language } from '../../core/languages.ts';
import type { MailText } from './mail-text.ts';

/**
 * A paragraph or a link button; rendering escapes both. A paragraph with user-written text is left out of mails to
 * unverified addresses: put such text in its own paragraph.
 */
export type MailBlock = MailText | { readonly label: MailText; readonly url: string };

interface MailWords<Values> {
  readonly subject: (values: Values) => MailText;
  /** Without greeting, which rendering adds. */
  readonly body: (values: Values) => readonly MailBlock[];
}

/** A mail in every language, with placeholders for its values. */
export type MailTemplate<Values> = Readonly<Record<Language, MailWords<Values>>>;

/** Declares a mail in every language. */
export const defineMail = <Values extends object>(template: MailTemplate<Values>): MailTemplate<Values> =>
  template;
