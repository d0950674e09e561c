/** A cookie to set. Scripts cannot read the cookie, and browsers send it for every path of this host. */
export interface Cookie {
  readonly name: string;
  /** null deletes the cookie in the browser. */
  readonly value: string | null;
  readonly maxAgeSeconds: number;
  readonly isSecure: boolean;
  /**
   * Which requests from other sites send the cookie. With `strict`, the default, none do. With `lax`, a request sends
   * it if a link on another site leads here, as after a sign-in at a provider. With `none`, a request also sends it if
   * a form on another site posts here. Browsers then require `isSecure`.
   */
  readonly sameSite?: 'strict' | 'lax' | 'none';
}
