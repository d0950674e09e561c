import type { Language } from '../../core/languages.ts';

/** A paragraph, or a link that stands out. Plain text both: rendering escapes it. */
export type MailBlock = string | { readonly label: string; readonly url: string };

interface MailText<Values> {
  readonly subject: (values: Values) => string;
  readonly body: (values: Values) => readonly MailBlock[];
}

/** A mail in every language, waiting for its values. */
export type MailTemplate<Values> = Readonly<Record<Language, MailText<Values>>>;

/** Declares a mail: what it says, in each language. */
export const defineMail = <Values extends object>(template: MailTemplate<Values>): MailTemplate<Values> =>
  template;
