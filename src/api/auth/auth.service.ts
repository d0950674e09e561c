import type { PasswordHasher } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import { canonicalEmail } from '../../utils/email.ts';
import { createTurns } from '../../utils/turns.ts';
import type { User, Users } from '../users/index.ts';
import { authErrors } from './auth.errors.ts';
import type { LoginBody, RegisterBody } from './auth.validation.ts';
import type { Device, SessionService, Tokens } from './session.service.ts';

interface AuthServiceDeps {
  readonly users: Users;
  readonly sessions: SessionService;
  readonly transaction: Transaction;
  readonly hasher: PasswordHasher;
}

export interface SignedIn extends Tokens {
  readonly user: User;
}

/** The ways into an account. */
export class AuthService {
  readonly #inTurn = createTurns();

  constructor(private readonly deps: AuthServiceDeps) {}

  /** Those who register one address at once come one after another, so that only the first costs a hash. */
  register(body: RegisterBody, device: Device): Promise<SignedIn> {
    return this.#inTurn(canonicalEmail(body.email), () => this.#register(body, device));
  }

  /** Throws `AUTH_INVALID_CREDENTIALS` for every failure alike, after the same work. */
  async login({ email, password }: LoginBody, device: Device): Promise<SignedIn> {
    const { users, sessions, hasher } = this.deps;
    const user = await users.findByEmail(email);
    const stored = user?.passwordHash ?? null;
    const isRight = await hasher.verify(password, stored);
    if (user === null || stored === null || !isRight || user.status !== 'active')
      throw authErrors.invalidCredentials();
    if (hasher.isOutdated(stored)) await users.replacePasswordHash(user.id, await hasher.hash(password));
    return { user, ...(await sessions.start(user, device)) };
  }

  async #register({ email, password, name }: RegisterBody, device: Device): Promise<SignedIn> {
    const { users, sessions, transaction } = this.deps;
    const user = await users.prepare({ email, password, name, roles: ['user'] });
    // Together: an account whose making was answered with 503 would refuse its owner's second try.
    return transaction(async () => {
      await users.insert(user);
      return { user, ...(await sessions.start(user, device)) };
    });
  }
}
