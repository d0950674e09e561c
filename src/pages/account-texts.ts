/** The pages that the links in mails open. Each name is also the path of its link. */
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
  /** The texts of the form. A page without a form shows the API request that does the same. */
  readonly form?: FormTexts;
}

/** The texts of a form. */
export interface FormTexts {
  readonly button: string;
  /** The label of the password field. Absent if the form has no such field. */
  readonly password?: string;
  readonly done: string;
}

/** The texts of the account pages in one language. */
export interface AccountTexts {
  readonly common: { readonly incomplete: string; readonly failed: string; readonly noScript: string };
  readonly pages: Readonly<Record<AccountPage, PageTexts>>;
}
