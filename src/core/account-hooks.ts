import type { Texts } from './languages.ts';

/**
 * Hooks of a module that stores credentials of accounts, or channels through which others receive the data of an
 * account. Credentials and channels work without the password. `onEmailVerified` and `onPasswordReset` run in the
 * transaction of the change. They return one sentence for each kind of thing that they removed. The mail to the owner
 * of the account contains these sentences.
 */
export interface AccountHooks {
  /** Runs before `onEmailVerified`. Removes in batches what may be too many rows for the transaction of that hook. */
  readonly beforeEmailVerified?: (userId: string) => Promise<void>;
  /**
   * Runs when the e-mail address is verified for the first time. Removes all these credentials and channels, because a
   * stranger may have registered with the address and created them. Returns what was removed.
   */
  readonly onEmailVerified?: (userId: string) => Promise<readonly Texts[]>;
  /**
   * Runs after a password reset of a verified account. Revokes what must not survive the reset. Returns what was
   * revoked and what remains.
   */
  readonly onPasswordReset?: (userId: string) => Promise<readonly Texts[]>;
}

/** Calls the hooks of all modules. */
export interface AccountAnnouncer {
  /**
   * Calls `beforeEmailVerified` of all modules. Call this method outside a transaction, after the caller has proved
   * that the mailbox belongs to them.
   */
  beforeEmailVerified(userId: string): Promise<void>;
  /** `emailVerified` and `passwordReset` need an open transaction. */
  emailVerified(userId: string): Promise<readonly Texts[]>;
  passwordReset(userId: string): Promise<readonly Texts[]>;
}

/**
 * Creates an announcer for the modules that `all` returns in dependency order. The hooks that need a transaction are
 * called in reverse order.
 */
export function createAccountAnnouncer(all: () => readonly AccountHooks[]): AccountAnnouncer {
  const call = async (
    hook: 'onEmailVerified' | 'onPasswordReset',
    userId: string,
  ): Promise<readonly Texts[]> => {
    const sentences: Texts[] = [];
    // Call the hooks one after another, because all of them use the connection of the open transaction.
    for (const hooks of all().toReversed()) sentences.push(...((await hooks[hook]?.(userId)) ?? []));
    return sentences;
  };
  return {
    beforeEmailVerified: async (userId) => {
      for (const hooks of all()) await hooks.beforeEmailVerified?.(userId);
    },
    emailVerified: (userId) => call('onEmailVerified', userId),
    passwordReset: (userId) => call('onPasswordReset', userId),
  };
}
