import type { Logger, Mailer } from '../../core/ports.ts';
import { LeasedQueue } from '../../jobs/leased-queue.ts';
import { classifyFailure, type DeliveryFailure } from './delivery-failure.ts';
import type { MailContent } from './mail-render.ts';
import type { ClaimedMail, MailRepository } from './mail.repository.ts';

const pollMs = 5_000;
const deliveryLimitMs = 10_000;
const concurrency = 4;

const unreadable: DeliveryFailure = { kind: 'temporary', reason: 'UNREADABLE' };

interface MailSenderDeps {
  readonly mails: MailRepository;
  readonly mailer: Mailer;
  readonly logger: Logger;
}

/**
 * Delivers queued mails. Delivers new mails immediately when woken. Every five seconds, delivers the mails that another
 * process, a crash or a failure left in the queue. Sends each mail at least once, unless the mail server rejects the
 * mail permanently or the mail expires. After a crash between delivery and deletion, a mail is sent again under the
 * same id.
 */
export class MailSender {
  readonly #queue: LeasedQueue<ClaimedMail>;

  constructor(private readonly deps: MailSenderDeps) {
    // Deliveries run in this queue and not in the request that wakes the queue. The deadline of the request would end
    // them.
    this.#queue = new LeasedQueue({
      claimDue: () => this.#sendDue(),
      onClaimFailure: (error) => {
        deps.logger.warn('Reading the mail queue failed; retrying in the next round.', { error });
      },
      pollMs,
      // Limits a delivery to less than its lease, so that leases need no renewal.
      stopMs: deliveryLimitMs,
    });
  }

  start(): void {
    this.#queue.start();
  }

  wake(): void {
    this.#queue.wake();
  }

  /** Stops claiming mails and waits for deliveries in progress. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  async #sendDue(): Promise<void> {
    const { mails, logger } = this.deps;
    for (const { id, attempts } of await mails.removeExpired())
      logger.error('A mail expired undelivered and was dropped.', { mailId: id, attempts });
    while (!this.#queue.isStopped) {
      const claimed = await mails.claim(concurrency - this.#queue.size);
      if (claimed.length === 0) return;
      for (const mail of claimed) void this.#queue.begin(mail, this.#send(mail));
      while (this.#queue.size >= concurrency) await this.#queue.waitForAny();
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
        logger.error('The mail server rejected a mail permanently; it was dropped.', fields);
        await mails.remove(id);
        return;
      }
      if (kind === 'misconfigured')
        logger.error(
          'The mail server refused the sender or the credentials: check the named setting.',
          fields,
        );
      else logger.warn('A mail could not be delivered and will be retried.', fields);
      await mails.scheduleRetry(claimed);
    } catch (error) {
      logger.warn('Storing the outcome of a mail failed; it may be sent twice.', { mailId: id, error });
    }
  }

  /** Returns the content, or null if it cannot be decrypted. */
  #open(claimed: ClaimedMail): MailContent | null {
    try {
      return this.deps.mails.open(claimed);
    } catch (error) {
      this.deps.logger.error('A mail in the queue could not be decrypted.', { mailId: claimed.id, error });
      return null;
    }
  }

  /** Returns null if the mail was sent, otherwise the failure. */
  async #deliver(id: string, content: MailContent): Promise<DeliveryFailure | null> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<DeliveryFailure>((resolve) => {
      timer = setTimeout(() => {
        resolve({ kind: 'temporary', reason: 'ETIMEDOUT' });
      }, deliveryLimitMs);
    });
    const delivery = this.deps.mailer.deliver({ id, ...content }).then(() => null, classifyFailure);
    try {
      return await Promise.race([delivery, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}
