import { text } from '../mail/index.ts';

interface RecoveryCodes {
  readonly left: number;
}

const notYou = text`If it was not you, change your password immediately and contact us.`;

export const en = {
  errors: {
    invalidSignIn:
      'The code is incorrect, or the sign-in has expired. If another code fails too, sign in again.',
    invalidCode: 'The code is incorrect or was used before.',
    alreadyOn: 'The second factor is already on. Turn it off first.',
    notStarted: 'There is no secret to confirm. Create one first with POST /auth/mfa/totp.',
    ownFactor:
      'You cannot remove your own second factor here. Use DELETE /auth/mfa/totp with your password and a code.',
    notOn: 'The second factor is off.',
  },
  notices: {
    removed: 'Second factor removed.',
    stillOn: 'The second factor is still on.',
  },
  mails: {
    turnedOn: {
      subject: () => text`The second factor was turned on`,
      body: () => [
        text`from now on, signing in to your account requires a code of your authenticator app in addition to the password.`,
        text`Keep the recovery codes where you can find them without your phone: without the app, only they let you sign in.`,
        notYou,
      ],
    },
    turnedOff: {
      subject: () => text`The second factor was turned off`,
      body: () => [
        text`from now on, you sign in with your password only. The recovery codes are no longer valid.`,
        notYou,
      ],
    },
    /** Notifies a user that an administrator removed the second factor. */
    removed: {
      subject: () => text`An administrator removed your second factor`,
      body: () => [
        text`an administrator removed the second factor of your account. From now on, you sign in with your password only, and the recovery codes are no longer valid.`,
        text`Turn the second factor on again as soon as you can.`,
        text`If you did not ask for this, contact us immediately.`,
      ],
    },
    recoveryCodeUsed: {
      subject: () => text`A recovery code was used`,
      body: (values: RecoveryCodes) => [
        text`a recovery code of your account was used instead of the authenticator app. Codes left: ${values.left}.`,
        text`Create new ones before they run out.`,
        notYou,
      ],
    },
  },
};
