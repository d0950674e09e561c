/** A cookie to set. Scripts cannot read it; it is sent for every path of this host. */
export interface Cookie {
  readonly name: string;
  /** null deletes the cookie. */
  readonly value: string | null;
  readonly maxAgeSeconds: number;
  readonly isSecure: boolean;
  /**
   * `strict` unless given. `lax` also sends the cookie when a link on another site leads here, as after a sign-in at a
   * provider. `none` also sends it with a form that another site posts; browsers then require `isSecure`.
   */
  readonly sameSite?: 'strict' | 'lax' | 'none';
}
