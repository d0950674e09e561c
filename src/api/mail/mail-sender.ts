import type { Logger, Mailer } from '../../core/ports.ts';
import { Loop } from '../../utils/loop.ts';
import type { MailContent } from './mail-render.ts';
import type { ClaimedMail, MailRepository } from './mail.repository.ts';

const sweepMs = 5_000;
const deliveryLimitMs = 10_000;
const atOnce = 4;

interface MailSenderDeps {
  readonly mails: MailRepository;
  readonly mailer: Mailer;
  readonly logger: Logger;
}

/**
 * Delivers what stands in the queue: at once when woken, and every five seconds what other processes, a crash or a
 * failure left. Each mail leaves at least once: a crash between the delivery and the note of it sends the mail again,
 * under the same id.
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
      const claimed = await mails.claim(atOnce);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((mail) => this.#send(mail)));
    }
  }

  async #send(claimed: ClaimedMail): Promise<void> {
    const { mails, logger } = this.deps;
    const { id, attempts } = claimed;
    try {
      const content = this.#open(claimed);
      const reason = content === null ? 'UNREADABLE' : await this.#deliver(id, content);
      if (reason === null) {
        await mails.remove(id);
        return;
      }
      logger.warn('A mail could not be delivered; it will be tried again.', { mailId: id, attempts, reason });
      await mails.postpone(claimed);
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

  /** null when it has left, or why not. The error itself stays here: servers like to quote the address in it. */
  async #deliver(id: string, content: MailContent): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => {
        resolve('ETIMEDOUT');
      }, deliveryLimitMs);
    });
    const delivery = this.deps.mailer.deliver({ id, ...content }).then(() => null, reasonOf);
    try {
      return await Promise.race([delivery, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
