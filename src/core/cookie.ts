/** A cookie to set. Scripts cannot read the cookie, and browsers send it for every path of this host. */
export interface Cookie {
  readonly name: string;
  /** null deletes the cookie in the browser. */
  readonly value: string | null;
  readonly maxAgeSeconds: number;
  readonly isSecure: boolean;
  /**
   * `strict` by default: only requests from this site send the cookie. With `lax`, a link on another site that leads
   * here sends it too, as after a sign-in at a provider. With `none`, a form on another site that posts here sends it
   * too; browsers then require `isSecure`.
   */
  readonly sameSite?: 'strict' | 'lax' | 'none';
}
