import type { AccountTexts } from './account-texts.ts';

export const en: AccountTexts = {
  common: {
    incomplete: 'This link is incomplete. Please open it from the mail again.',
    failed: 'The service cannot be reached. Please try again.',
    noScript: 'This page needs JavaScript.',
  },
  pages: {
    'verify-email': {
      title: 'Confirm your e-mail address',
      lead: 'One click confirms that this address is yours.',
      form: {
        button: 'Confirm address',
        done: 'Thank you. Your address is confirmed.',
      },
    },
    'reset-password': {
      title: 'Set a new password',
      lead: 'Choose a password that you use nowhere else.',
      form: {
        button: 'Set password',
        password: 'New password',
        done: 'Your new password is set. You can sign in with it now.',
      },
    },
    'confirm-email': {
      title: 'Confirm your new e-mail address',
      lead: 'From then on you sign in with the new address.',
      form: {
        button: 'Confirm new address',
        done: 'Your new address is in force.',
      },
    },
    // #region organizations
    'accept-invitation': {
      title: 'Accept the invitation',
      lead: 'Sign in with the address that the invitation was sent to. Then send this with your access token:',
    },
    // #endregion
  },
};
