import type { ByLanguage } from '../../core/languages.ts';
import type { MailText } from './mail-text.ts';

/**
 * A paragraph or a link button; rendering escapes both. A paragraph with user-written text is left out of mails to
 * unverified addresses: put such text in its own paragraph.
 */
export type MailBlock = MailText | { readonly label: MailText; readonly url: string };

/** A mail in every language: an entry of `mails` in the messages of a module. */
export interface MailTemplate<Values> {
  readonly subject: (values: Values) => ByLanguage<MailText>;
  /** Without greeting, which rendering adds. */
  readonly body: (values: Values) => ByLanguage<readonly MailBlock[]>;
}
