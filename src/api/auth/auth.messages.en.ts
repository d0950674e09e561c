import { text, trustedText } from '../mail/index.ts';

interface WithLink {
  readonly link: string;
}

interface WithNotices {
  /** Sentences of other modules. Each tells which access the module removed. */
  readonly notices: readonly string[];
}

interface EmailChange {
  readonly isDone: boolean;
}

interface Device {
  readonly device: string;
  readonly ip: string;
}

export const en = {
  errors: {
    invalidCredentials: 'The e-mail address or the password is incorrect.',
    invalidRefreshToken: 'The session has ended. Sign in again.',
    invalidLink:
      'The link is invalid: it was used, replaced by a newer one, or has expired. Request a new link.',
    sessionNotFound: 'The session does not exist or has ended.',
  },
  rules: {
    token: 'must be the token of a link',
  },
  mails: {
    /** Asks the owner of a new account to confirm its address. */
    verifyEmail: {
      subject: () => text`Confirm your e-mail address`,
      body: (values: WithLink) => [
        text`please confirm that this address is yours. The link is valid for 24 hours.`,
        { label: text`Confirm address`, url: values.link },
        text`If you did not create an account with us, ignore this e-mail.`,
      ],
    },
    resetPassword: {
      subject: () => text`Set a new password`,
      body: (values: WithLink) => [
        text`someone, probably you, asked for a new password for this account. The link is valid for one hour and can be used once.`,
        { label: text`Set a new password`, url: values.link },
        text`If it was not you, you do not need to do anything. Your password has not changed.`,
      ],
    },
    passwordChanged: {
      subject: () => text`Your password was changed`,
      body: (values: WithNotices) => [
        text`the password of your account was changed, and you were signed out everywhere else.`,
        ...values.notices.map(trustedText),
        text`If it was not you, set a new password immediately ("forgot password") and contact us.`,
      ],
    },
    /** Notifies the owner that the first verification of the address removed other access to the account. */
    addressConfirmed: {
      subject: () => text`Your e-mail address is confirmed`,
      body: (values: WithNotices) => [
        text`your e-mail address is confirmed. Before that, anyone could have created the account with it, so we removed everything that could access the account.`,
        ...values.notices.map(trustedText),
        text`If you set any of it up yourself, please set it up again.`,
      ],
    },
    /** Asks the owner of the new address to confirm the change. The mail goes to the new address. */
    confirmEmail: {
      subject: () => text`Confirm your new e-mail address`,
      body: (values: WithLink) => [
        text`please confirm that your account should use this address from now on. The link is valid for one hour.`,
        { label: text`Use this address`, url: values.link },
        text`If you did not ask for this, ignore this e-mail.`,
      ],
    },
    /** Notifies the old address that a change of the address was requested or made. */
    emailChange: {
      subject: ({ isDone }: EmailChange) =>
        isDone ? text`Your e-mail address was changed` : text`Your e-mail address is about to change`,
      body: (values: EmailChange) => [
        values.isDone
          ? text`your account now uses another e-mail address; you can no longer sign in with this one.`
          : text`someone who is signed in to your account asked to change its e-mail address.`,
        text`If it was not you, change your password immediately and contact us.`,
      ],
    },
    newDevice: {
      subject: () => text`A sign-in from a new device`,
      body: (values: Device) => [
        text`someone signed in to your account from a new device, at the address ${trustedText(values.ip)}.`,
        text`The device calls itself: ${values.device}`,
        text`If it was you, you do not need to do anything. If not, change your password: this signs out every device.`,
      ],
    },
  },
};
