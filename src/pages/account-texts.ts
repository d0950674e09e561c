import type { Language } from '../core/languages.ts';

/** The pages that links in mails open; each name is the path of its link. */
export const accountPageNames = [
  'verify-email',
  'reset-password',
  'confirm-email',
  // #region organizations
  'accept-invitation',
  // #endregion
] as const;
export type AccountPage = (typeof accountPageNames)[number];

/** The texts of one page. */
export interface PageTexts {
  readonly title: string;
  readonly lead: string;
  /** The texts of the form; a page without it shows the request to send instead. */
  readonly form?: FormTexts;
}

/** The texts of a form. */
export interface FormTexts {
  readonly button: string;
  /** The label of the password field, if the form has one. */
  readonly password?: string;
  readonly done: string;
}

interface AccountTexts {
  readonly common: { readonly incomplete: string; readonly failed: string; readonly noScript: string };
  readonly pages: Readonly<Record<AccountPage, PageTexts>>;
}

/** The texts of the account pages by language. */
export const accountTexts: Readonly<Record<Language, AccountTexts>> = {
  en: {
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
  },
  de: {
    common: {
      incomplete: 'Dieser Link ist unvollständig. Bitte öffne ihn noch einmal aus der E-Mail.',
      failed: 'Der Dienst ist nicht erreichbar. Bitte versuche es noch einmal.',
      noScript: 'Diese Seite braucht JavaScript.',
    },
    pages: {
      'verify-email': {
        title: 'E-Mail-Adresse bestätigen',
        lead: 'Ein Klick bestätigt, dass diese Adresse dir gehört.',
        form: {
          button: 'Adresse bestätigen',
          done: 'Danke. Deine Adresse ist bestätigt.',
        },
      },
      'reset-password': {
        title: 'Neues Passwort setzen',
        lead: 'Wähle ein Passwort, das du sonst nirgends verwendest.',
        form: {
          button: 'Passwort setzen',
          password: 'Neues Passwort',
          done: 'Dein neues Passwort gilt. Du kannst dich jetzt damit anmelden.',
        },
      },
      'confirm-email': {
        title: 'Neue E-Mail-Adresse bestätigen',
        lead: 'Danach meldest du dich mit der neuen Adresse an.',
        form: {
          button: 'Neue Adresse bestätigen',
          done: 'Deine neue Adresse gilt jetzt.',
        },
      },
      // #region organizations
      'accept-invitation': {
        title: 'Einladung annehmen',
        lead: 'Melde dich mit der Adresse an, an die die Einladung ging. Sende dann dies mit deinem Zugangstoken:',
      },
      // #endregion
    },
  },
};
