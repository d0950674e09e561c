import type { Texts } from './languages.ts';

/**
 * What a module does about the credentials and side channels that it holds of an account: everything that acts for the
 * account or listens to it without the password. The last two run in the transaction of the change, and return a
 * sentence for each kind, for the mail to the owner.
 */
export interface AccountHooks {
  /** Removes in batches, before the transaction of the first proof, what would be too much for it. */
  readonly beforeEmailVerified?: (userId: string) => Promise<void>;
  /**
   * Removes all of them. Runs at the first proof that the mailbox is the owner's: anyone can register with any address,
   * so that a stranger may have created them. Returns what was removed.
   */
  readonly onEmailVerified?: (userId: string) => Promise<readonly Texts[]>;
  /** Revokes what must not survive a password reset of a verified account. Returns what was revoked, and what is left. */
  readonly onPasswordReset?: (userId: string) => Promise<readonly Texts[]>;
}

/** Calls the hooks of all modules. */
export interface AccountAnnouncer {
  /** Call it outside a transaction, once whoever asks has shown to have the mailbox. */
  beforeEmailVerified(userId: string): Promise<void>;
  /** Needs an open transaction, as does `passwordReset`. */
  emailVerified(userId: string): Promise<readonly Texts[]>;
  passwordReset(userId: string): Promise<readonly Texts[]>;
}

/** Makes an announcer for the modules that `all` returns, each after the ones it uses; the last one is called first. */
export function createAccountAnnouncer(all: () => readonly AccountHooks[]): AccountAnnouncer {
  const call = async (
    hook: 'onEmailVerified' | 'onPasswordReset',
    userId: string,
  ): Promise<readonly Texts[]> => {
    const said: Texts[] = [];
    // One after the other: they share the connection of the transaction.
    for (const hooks of all().toReversed()) said.push(...((await hooks[hook]?.(userId)) ?? []));
    return said;
  };
  return {
    beforeEmailVerified: async (userId) => {
      for (const hooks of all()) await hooks.beforeEmailVerified?.(userId);
    },
    emailVerified: (userId) => call('onEmailVerified', userId),
    passwordReset: (userId) => call('onPasswordReset', userId),
  };
}
