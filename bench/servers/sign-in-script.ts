import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import bcrypt from 'bcrypt';
import { v7 } from 'uuid';
import { setting } from './environment.ts';
import { pool } from './pool.ts';
import { signToken } from './tokens.ts';

// A typical sign-in and refresh: it checks the password, stores a session row and issues two tokens. It does not count
// attempts, write an audit trail, ask for a second factor or recognize devices.

export interface LoginBody {
  readonly email: string;
  readonly password: string;
}

/** The response to the client. */
export interface SignedIn {
  readonly cookie: string;
  readonly data: { readonly accessToken: string };
}

interface Session {
  readonly id: string;
  readonly userId: string;
  readonly salt: string;
  readonly generation: number;
}

const pepper = setting('PASSWORD_PEPPER');
// The length of `v1$<8 characters>$`. In the service's hashes, this prefix precedes the bcrypt hash of a keyed digest.
const prefixLength = 12;
const idle = `now() + interval '7 days'`;

const macOf = ({ id, salt }: Session, generation: number): Buffer =>
  createHmac('sha256', pepper).update(`${salt}|${id}|${generation}`).digest();

function signedIn(session: Session): SignedIn {
  const mac = macOf(session, session.generation).toString('base64url');
  const cookie = `refresh=${session.id}.${session.generation}.${mac}; Path=/; HttpOnly; Secure; SameSite=Strict`;
  return { cookie, data: { accessToken: signToken(session.userId) } };
}

/** Starts a session. Returns null if the credentials are wrong. */
export async function login(
  { email, password }: LoginBody,
  ip: string,
  userAgent: string | null,
): Promise<SignedIn | null> {
  const { rows } = await pool.query<{ id: string; hash: string | null }>({
    name: 'find-user',
    text: `SELECT id, password_hash AS hash FROM users WHERE email = $1 AND status = 'active' AND deleted_at IS NULL`,
    values: [email],
  });
  const [user] = rows;
  if (!user?.hash) return null;
  const digest = createHmac('sha384', pepper).update(password).digest('base64');
  if (!(await bcrypt.compare(digest, user.hash.slice(prefixLength)))) return null;
  const session = { id: v7(), userId: user.id, salt: randomBytes(16).toString('base64url'), generation: 1 };
  await pool.query({
    name: 'insert-session',
    text: `INSERT INTO sessions (id, user_id, salt, key_id, ip, user_agent, idle_expires_at, absolute_expires_at)
      VALUES ($1, $2, $3, 'bench', $4, $5, ${idle}, now() + interval '30 days')`,
    values: [session.id, session.userId, session.salt, ip, userAgent],
  });
  return signedIn(session);
}

/** Exchanges the refresh token in this Cookie header for a new one. Returns null if it is invalid. */
export async function refresh(cookie: string): Promise<SignedIn | null> {
  const [id = '', generation = '', mac = ''] = cookie.slice('refresh='.length).split('.');
  const { rows: found } = await pool.query<Session>({
    name: 'find-session',
    text: `SELECT id, user_id AS "userId", salt, generation FROM sessions WHERE id = $1`,
    values: [id],
  });
  const [session] = found;
  const shown = Buffer.from(mac, 'base64url');
  if (session === undefined || shown.length !== 32) return null;
  if (!timingSafeEqual(shown, macOf(session, Number(generation)))) return null;
  const { rows: rotated } = await pool.query<Session>({
    name: 'rotate-session',
    text: `UPDATE sessions SET generation = generation + 1, rotated_at = now(), last_used_at = now(),
        idle_expires_at = least(${idle}, absolute_expires_at)
      WHERE id = $1 AND generation = $2 AND revoked_at IS NULL AND idle_expires_at > now() AND absolute_expires_at > now()
      RETURNING id, user_id AS "userId", salt, generation`,
    values: [id, Number(generation)],
  });
  return rotated[0] === undefined ? null : signedIn(rotated[0]);
}
