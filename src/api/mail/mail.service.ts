import type { Ids } from '../../core/ports.ts';
import { renderMail } from './mail-render.ts';
import type { MailSender } from './mail-sender.ts';
import type { MailTemplate } from './mail-template.ts';
import type { Mails, Recipient } from './mail.api.ts';
import type { MailRepository } from './mail.repository.ts';

interface MailServiceDeps {
  readonly mails: MailRepository;
  readonly sender: MailSender;
  readonly ids: Ids;
  /** Calls back after the open transaction commits. */
  readonly afterCommit: (work: () => void) => void;
  readonly appName: string;
  readonly appUrl: string;
}

/** Renders and queues mails, and wakes the sender after the commit. */
export class MailService implements Mails {
  constructor(private readonly deps: MailServiceDeps) {}

  async send<Values extends object>(
    to: Recipient,
    template: MailTemplate<Values>,
    values: Values,
  ): Promise<void> {
    const { mails, sender, ids, afterCommit, appName } = this.deps;
    await mails.insert(ids.next(), renderMail(to, { template, values, appName }));
    afterCommit(() => {
      sender.wake();
    });
  }

  linkTo(page: string, token: string): string {
    return `${this.deps.appUrl}/${page}#token=${encodeURIComponent(token)}`;
  }
}
