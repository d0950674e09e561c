import type { Role } from '../../core/access.ts';
import type { Texts } from '../../core/languages.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { User } from './user.model.ts';

export interface NewUser {
  readonly email: string;
  /** The password, or null for a user who only signs in with an identity provider. */
  readonly password: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly emailVerified?: boolean;
}

/** The columns that decide, on each request, what a user may do. */
export interface UserAccess {
  readonly roles: readonly string[];
  readonly isActive: boolean;
  readonly tokenVersion: number;
}

/** The result of a change by a user who has proven control of the mailbox. */
export interface VerifiedChange {
  readonly user: User;
  /** The recipient of mails before the change. */
  readonly previous: Pick<User, 'email' | 'language' | 'name' | 'emailVerified'>;
  readonly isFirstVerification: boolean;
  /** Sentences about the credentials and integrations that were removed, for the notification mail. */
  readonly notices: readonly Texts[];
}

/** Interface of the users module for other modules. */
export interface Users {
  /**
   * Builds an account without storing it. Throws `AUTH_EMAIL_TAKEN`. This method and `insert` are separate, so that no
   * connection is held while the password is hashed.
   */
  prepare(user: NewUser): Promise<User>;
  /** Stores a prepared account. Throws `AUTH_EMAIL_TAKEN`. Requires an open transaction. */
  insert(user: User): Promise<void>;
  create(user: NewUser): Promise<User>;
  /**
   * Finds an account by its address in any spelling. Also finds accounts whose stored spelling is older than the
   * canonicalization to IDNA.
   */
  findByEmail(email: string): Promise<User | null>;
  findById(id: string): Promise<User | null>;
  /** Returns the users with these ids in no particular order. Omits erased users. */
  findAllById(ids: readonly string[]): Promise<User[]>;
  findAccess(id: string): Promise<UserAccess | null>;
  /** Locks an active user against erasure until the transaction ends. Returns false if there is no such active user. */
  lockActive(id: string): Promise<boolean>;
  /**
   * Locks an active user against erasure and every change that revokes access tokens, until the transaction ends.
   * Returns false if there is no such active user or the token version has changed.
   */
  lockActiveAtVersion(id: string, tokenVersion: number): Promise<boolean>;
  /** Checks the password of a signed-in user and counts the attempt. Returns false while the user is locked out. */
  isPassword(id: string, password: string): Promise<boolean>;
  /**
   * Does the long-running part of a first verification. Call this method outside a transaction, after checking the link
   * and before the verification itself.
   */
  prepareVerification(id: string): Promise<void>;
  /**
   * Stores a new password and revokes all access tokens. Returns the updated user. Throws `USERS_WRONG_PASSWORD` if
   * `replaced` is no longer the stored hash, as after a concurrent change. Requires an open transaction. So do
   * `resetPassword`, `confirmEmail` and `changeEmail`.
   */
  changePassword(id: string, passwordHash: string, replaced: string | null): Promise<User>;
  /**
   * Stores a new password for a user who has proven control of the mailbox. Revokes all access tokens and device
   * cookies. If the address is unverified, the reset counts as its first verification. Otherwise, the reset revokes the
   * access that must not survive a reset.
   */
  resetPassword(id: string, passwordHash: string, email: string): Promise<VerifiedChange>;
  /** Marks the address as verified. Does nothing if the account has a different address now. */
  confirmEmail(id: string, email: string): Promise<VerifiedChange>;
  /** Changes the address of the account to a verified address. Revokes all access tokens. Throws `AUTH_EMAIL_TAKEN`. */
  changeEmail(id: string, email: string): Promise<VerifiedChange>;
  /**
   * Stores the language of the request as the user's language for mails. Does nothing if the request names no language.
   */
  rememberLanguage(user: User): Promise<void>;
  /** Throws a validation error if the password is too weak. */
  readonly assertStrongPassword: PasswordPolicy;
  /** Stores a new hash of the same password, if `replaced` is still the stored hash. */
  replacePasswordHash(id: string, passwordHash: string, replaced: string): Promise<void>;
  /** Revokes all access tokens of the user. */
  endAccessTokens(id: string): Promise<void>;
  /** Registers a listener that runs in the transaction that disables a user. */
  onDisable(listener: (userId: string) => Promise<void>): void;
  /** Registers a listener that runs after a change of roles or status, or an erasure, is committed. */
  onAccessChange(listener: () => void): void;
}
