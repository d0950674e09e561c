import { text, trustedText } from '../mail/index.ts';

interface LinkFacts {
  /** The name of the provider in OIDC_PROVIDERS. */
  readonly provider: string;
}

export const en = {
  errors: {
    signInFailed: 'The sign-in with this provider failed. Start again.',
    emailUnverified: 'The provider has not verified your e-mail address. Verify it there first.',
    providerNotFound: 'The sign-in provider does not exist.',
    linkNotFound: 'Your account is not linked to this provider.',
    linkRequired:
      'An account with this e-mail address already exists. Sign in to it, then link the provider.',
    identityTaken: 'This identity is linked to another account.',
    lastWayIn:
      'This is the only way to sign in to your account. Set a password or link another provider first.',
    providerMisconfigured:
      'Sign-in with this provider is misconfigured. Contact the operator of this service.',
    providerUnavailable: 'The sign-in provider is unavailable. Try again shortly.',
  },
  rules: {
    provider: 'must be the name of a provider',
    once: 'must occur only once',
  },
  notices: {
    unlinked: (providers: string) => `Sign-in providers unlinked: ${providers}.`,
    stillLinked: (providers: string) => `Sign-in providers that are still linked: ${providers}.`,
  },
  mails: {
    /** Notifies the user that a provider was linked. */
    identityLinked: {
      subject: ({ provider }: LinkFacts) => text`You can now sign in with ${trustedText(provider)}`,
      body: ({ provider }: LinkFacts) => [
        text`your account was linked to ${trustedText(provider)}. From now on, you can sign in here with your account there.`,
        text`If it was not you, unlink it, change your password immediately and contact us.`,
      ],
    },
    /** Notifies the user that a provider was unlinked. */
    identityUnlinked: {
      subject: ({ provider }: LinkFacts) => text`You can no longer sign in with ${trustedText(provider)}`,
      body: ({ provider }: LinkFacts) => [
        text`your account is no longer linked to ${trustedText(provider)}. You can no longer sign in here with your account there.`,
        text`If it was not you, change your password immediately and contact us.`,
      ],
    },
  },
};
