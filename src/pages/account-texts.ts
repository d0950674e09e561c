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

/** The texts of the account pages in one language. */
export interface AccountTexts {
  readonly common: { readonly incomplete: string; readonly failed: string; readonly noScript: string };
  readonly pages: Readonly<Record<AccountPage, PageTexts>>;
}
