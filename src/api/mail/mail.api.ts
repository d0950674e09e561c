import type { Language } from '../../core/languages.ts';
import type { MailTemplate } from './mail-template.ts';

/** Recipient of a mail. */
export interface Recipient {
  readonly email: string;
  readonly language: Language;
  /** The name in the greeting, which is used only if the address is verified. Null if unknown. */
  readonly name: string | null;
  readonly emailVerified: boolean;
}

/** Sends mails for other modules. */
export interface Mails {
  /** Queues a mail in the open transaction. The mail is sent after the commit. Throws outside a transaction. */
  send<Values extends object>(to: Recipient, template: MailTemplate<Values>, values: Values): Promise<void>;
  /** Returns the URL of a page below APP_URL. The token is in the fragment (#), which servers never see or log. */
  linkTo(page: string, token: string): string;
}
