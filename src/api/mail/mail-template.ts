import type { ByLanguage } from '../../core/languages.ts';
import type { MailText } from './mail-text.ts';

/**
 * A paragraph or a link button. Rendering escapes both. Mails to unverified addresses omit every paragraph that
 * contains user-written text, so put such text in its own paragraph.
 */
export type MailBlock = MailText | { readonly label: MailText; readonly url: string };

/** A mail in every language: an entry of `mails` in the messages of a module. */
export interface MailTemplate<Values> {
  readonly subject: (values: Values) => ByLanguage<MailText>;
  /** Returns the body without the greeting, which rendering adds. */
  readonly body: (values: Values) => ByLanguage<readonly MailBlock[]>;
}
