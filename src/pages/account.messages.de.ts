import type { AccountTexts } from './account-texts.ts';

export const de: AccountTexts = {
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
};
