import type { Role } from '../../core/access.ts';
import type { Texts } from '../../core/languages.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { User } from './user.model.ts';

export interface NewUser {
  readonly email: string;
  /** null for a user who only signs in with an identity provider. */
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
   * Builds an account without storing it. Throws `AUTH_EMAIL_TAKEN`. Separate from storing, so that hashing does not
   * hold a connection.
   */
  prepare(user: NewUser): Promise<User>;
  /** Stores a prepared account. Throws `AUTH_EMAIL_TAKEN`. Requires an open transaction. */
  insert(user: User): Promise<void>;
  create(user: NewUser): Promise<User>;
  /** Finds an account by its address in any spelling, including the spelling stored before IDNA canonicalization. */
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
  /** Checks the password of a signed-in user. Counts the attempt; returns false while the user is locked out. */
  isPassword(id: string, password: string): Promise<boolean>;
  /**
   * Does the long-running part of a first verification. Call it outside a transaction, after checking the link and
   * before the change itself.
   */
  prepareVerification(id: string): Promise<void>;
  /**
   * Stores a new password and revokes all access tokens; returns the updated user. Throws `USERS_WRONG_PASSWORD` if
   * `replaced` is no longer the stored hash, as after a concurrent change. Requires an open transaction, as do the next
   * three methods.
   */
  changePassword(id: string, passwordHash: string, replaced: string | null): Promise<User>;
  /**
   * Stores a new password for a user who has proven control of the mailbox; revokes all access tokens and device
   * cookies. If the address is unverified, this is its first verification. Otherwise, it revokes the access that must
   * not survive a reset.
   */
  resetPassword(id: string, passwordHash: string, email: string): Promise<VerifiedChange>;
  /** Marks the address as verified. Does nothing if the account has a different address now. */
  confirmEmail(id: string, email: string): Promise<VerifiedChange>;
  /** Changes the address of the account to a verified one; revokes all access tokens. Throws `AUTH_EMAIL_TAKEN`. */
  changeEmail(id: string, email: string): Promise<VerifiedChange>;
  /** Stores the language of the request, if it names one, as the user's language for mails. */
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
