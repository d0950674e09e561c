import type { Logger, Mailer } from '../../core/ports.ts';
import { Loop } from '../../utils/loop.ts';
import { classifyFailure, type DeliveryFailure } from './delivery-failure.ts';
import type { MailContent } from './mail-render.ts';
import type { ClaimedMail, MailRepository } from './mail.repository.ts';

const sweepMs = 5_000;
const deliveryLimitMs = 10_000;
const batchSize = 4;

const unreadable: DeliveryFailure = { kind: 'temporary', reason: 'UNREADABLE' };

interface MailSenderDeps {
  readonly mails: MailRepository;
  readonly mailer: Mailer;
  readonly logger: Logger;
}

/**
 * Delivers the mails in the queue: at once when woken, and every five seconds what other processes, a crash or a failure
 * left. Each mail leaves at least once, unless the mail server rejects it permanently or its day ends: a crash between the
 * delivery and its removal sends the mail again, under the same id.
 */
export class MailSender {
  readonly #loop: Loop;

  constructor(private readonly deps: MailSenderDeps) {
    // One loop, begun at start, and not one a wake-up: what runs inside a request ends with its deadline.
    this.#loop = new Loop({
      round: () => this.#sendDue(),
      onFailure: (error) => {
        deps.logger.warn('The queue of mails could not be read; the next round tries again.', { error });
      },
      pollMs: sweepMs,
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** Returns once nothing is being delivered any more. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #sendDue(): Promise<void> {
    const { mails, logger } = this.deps;
    for (const { id, attempts } of await mails.removeExpired())
      logger.error('A mail could not be delivered in time and was dropped.', { mailId: id, attempts });
    while (!this.#loop.isStopped) {
      const claimed = await mails.claim(batchSize);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((mail) => this.#send(mail)));
    }
  }

  async #send(claimed: ClaimedMail): Promise<void> {
    const { mails, logger } = this.deps;
    const { id, attempts } = claimed;
    try {
      const content = this.#open(claimed);
      const failure = content === null ? unreadable : await this.#deliver(id, content);
      if (failure === null) {
        await mails.remove(id);
        return;
      }
      const { kind, ...facts } = failure;
      const fields = { mailId: id, attempts, ...facts };
      if (kind === 'rejected') {
        logger.error('The mail server rejected a mail permanently; it is dropped.', fields);
        await mails.remove(id);
        return;
      }
      if (kind === 'misconfigured')
        logger.error('The mail server refuses this sender or sign-in: change the setting.', fields);
      else logger.warn('A mail could not be delivered; it will be tried again.', fields);
      await mails.scheduleRetry(claimed);
    } catch (error) {
      logger.warn('What became of a mail could not be stored; it may be sent again.', { mailId: id, error });
    }
  }

  #open(claimed: ClaimedMail): MailContent | null {
    try {
      return this.deps.mails.open(claimed);
    } catch (error) {
      this.deps.logger.error('A mail in the queue cannot be read.', { mailId: claimed.id, error });
      return null;
    }
  }

  /** Returns null when it has left, or why not. */
  async #deliver(id: string, content: MailContent): Promise<DeliveryFailure | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<DeliveryFailure>((resolve) => {
      timer = setTimeout(() => {
        resolve({ kind: 'temporary', reason: 'ETIMEDOUT' });
      }, deliveryLimitMs);
    });
    const delivery = this.deps.mailer.deliver({ id, ...content }).then(() => null, classifyFailure);
    try {
      return await Promise.race([delivery, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
