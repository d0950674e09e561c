import type { Texts } from './languages.ts';

/**
 * Hooks of a module that stores credentials or side channels of accounts: everything that acts for an account, or
 * receives its data, without the password. The last two run in the transaction of the change and return a sentence for
 * each kind of thing they removed, for the mail to the owner.
 */
export interface AccountHooks {
  /** Removes in batches what would be too much for the transaction of `onEmailVerified`. Runs before it. */
  readonly beforeEmailVerified?: (userId: string) => Promise<void>;
  /**
   * Removes all of them and returns what was removed. Runs when the e-mail address is verified for the first time: anyone
   * can register with any address, so a stranger may have created them.
   */
  readonly onEmailVerified?: (userId: string) => Promise<readonly Texts[]>;
  /** Revokes what must not survive a password reset of a verified account. Returns what was revoked and what remains. */
  readonly onPasswordReset?: (userId: string) => Promise<readonly Texts[]>;
}

/** Calls the hooks of all modules. */
export interface AccountAnnouncer {
  /** Call it outside a transaction, after the caller has proved that the mailbox is theirs. */
  beforeEmailVerified(userId: string): Promise<void>;
  /** Needs an open transaction, as does `passwordReset`. */
  emailVerified(userId: string): Promise<readonly Texts[]>;
  passwordReset(userId: string): Promise<readonly Texts[]>;
}

/** Creates an announcer for the modules that `all` returns in dependency order. The last one is called first. */
export function createAccountAnnouncer(all: () => readonly AccountHooks[]): AccountAnnouncer {
  const call = async (
    hook: 'onEmailVerified' | 'onPasswordReset',
    userId: string,
  ): Promise<readonly Texts[]> => {
    const sentences: Texts[] = [];
    // Sequential, because the hooks share the connection of the transaction.
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
