import { createHmac } from 'node:crypto';
import type supertest from 'supertest';
import { cookieOf, type TestApp, type TestUser } from '../../helpers/app.ts';
import type { Operation } from './document.ts';
import type { Who } from './requests.ts';
import { Known } from './values.ts';

type Caller = TestUser & { readonly totpSecret?: string };

interface Thing {
  readonly id: string;
  readonly ownerId: string | null;
  /** What stood in the path of the request that it was found by. */
  readonly parents: Readonly<Record<string, string>>;
}

const maxThings = 60;

/** `/api/v1/orders/{id}/ship` → the collection that each parameter names something of: { id: 'orders' }. */
const collectionsIn = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...path.matchAll(/([^/{}]+)\/\{(\w+)\}/g)].map(([, collection = '', name = '']) => [
      name,
      collection === 'members' ? 'users' : collection,
    ]),
  );

const lastCollection = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'))
    .at(-1) ?? '';

/** Who asks, and what there is by now: it grows with every answer, so that later requests reach deep. */
export class World {
  private readonly things = new Map<string, Thing[]>();
  private readonly cursors: string[] = [];
  private readonly keys: string[] = [];
  private callers: { user: Caller; admin: Caller } | undefined;

  constructor(readonly test: TestApp) {}

  /** The one who asks; somebody new when the one before was signed out, erased or locked. */
  async caller(who: 'user' | 'admin'): Promise<Caller> {
    this.callers ??= { user: await this.signUp('user'), admin: await this.signUp('admin') };
    return this.callers[who];
  }

  async signUp(role: 'user' | 'admin'): Promise<Caller> {
    const caller = await this.test.buildUser({ roles: [role] });
    this.add('users', { id: caller.id, ownerId: caller.id, parents: {} });
    return caller;
  }

  async replaceCaller(who: 'user' | 'admin'): Promise<void> {
    if (this.callers === undefined) return;
    this.callers = { ...this.callers, [who]: await this.signUp(who) };
  }

  /** What is known of the caller after turning on a second factor or refreshing. */
  changeCaller(who: 'user' | 'admin', change: Partial<Caller>): void {
    if (this.callers !== undefined)
      this.callers = { ...this.callers, [who]: { ...this.callers[who], ...change } };
  }

  add(collection: string, thing: Thing): void {
    const list = this.things.get(collection) ?? [];
    if (list.some(({ id }) => id === thing.id)) return;
    this.things.set(collection, [...list, thing].slice(-maxThings));
  }

  /** Values for the path: something existing, mostly of the caller's own, and what it was found below. */
  pathParams({ path }: Operation, choice: number, ownerId: string | null): Record<string, string> {
    const collections = Object.entries(collectionsIn(path));
    const [name, collection] = collections.at(-1) ?? [];
    if (name === undefined || collection === undefined) return {};
    const thing = this.pick(collection, choice, ownerId);
    if (thing === undefined) return {};
    // `DELETE /organizations/{id}/invitations/{invitationId}` needs the organization of that very invitation.
    const parents = collections.length > 1 ? thing.parents : {};
    return { ...parents, [name]: thing.id };
  }

  private pick(collection: string, choice: number, ownerId: string | null): Thing | undefined {
    const all = this.things.get(collection) ?? this.anything(choice);
    const own = all.filter((thing) => thing.ownerId === ownerId);
    const from = own.length > 0 && choice % 4 > 0 ? own : all;
    // The newest first: older ones may be gone.
    return from.at(-1 - (choice % Math.max(from.length, 1)));
  }

  /** What a name such as `assigneeId` means is not told by the document: somebody, or something of any kind. */
  private anything(choice: number): readonly Thing[] {
    const kinds = [...this.things.values()];
    return (choice % 2 === 0 ? this.things.get('users') : kinds[choice % Math.max(kinds.length, 1)]) ?? [];
  }

  /** Puts what exists in the place of every `Known` in a value. */
  fill(value: unknown, caller: Caller | null): unknown {
    if (value instanceof Known) return this.existing(value, caller);
    if (Array.isArray(value)) return value.map((item) => this.fill(item, caller));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.fill(inner, caller)]));
  }

  private existing({ kind, choice }: Known, caller: Caller | null): unknown {
    const [what, collection = ''] = kind.split(':');
    switch (what) {
      case 'id':
        return (
          this.pick(collection, choice, caller?.id ?? null)?.id ?? '0195f2d0-0000-7000-8000-000000000000'
        );
      case 'email':
        return choice % 3 === 0 ? (caller?.email ?? 'nobody@example.com') : `fuzz${choice}@example.com`;
      case 'password':
        return caller?.password ?? 'correct horse battery';
      case 'token':
        return this.tokens().at(-1 - (choice % 3)) ?? 'x'.repeat(43);
      case 'cursor':
        return this.cursors.at(-1 - (choice % 5)) ?? '';
      case 'key':
        return this.keys[choice % Math.max(this.keys.length, 1)] ?? 'a-key-that-nobody-has-used';
      case 'soon':
        return new Date(this.test.clock.now().getTime() + (choice + 1) * 3_600_000).toISOString();
      default:
        throw new Error(`Nothing is known as "${kind}".`);
    }
  }

  /** The tokens of all links in mails, oldest first. */
  tokens(): string[] {
    return this.test.mailer.mails.flatMap(({ text }) => /#token=([\w.-]+)/.exec(text)?.[1] ?? []);
  }

  /** Remembers what an answer tells of: ids, cursors, a new cookie or token. */
  learn(
    { path }: Operation,
    { who, params, key }: { who: Who; params: Record<string, string>; key: string | undefined },
    response: supertest.Response,
  ): void {
    if (response.status >= 300 || who === 'nobody') return;
    if (key !== undefined) this.keys.push(key);
    const body = response.body as { data?: unknown; meta?: { pagination?: { nextCursor?: unknown } } };
    const cursor = body.meta?.pagination?.nextCursor;
    if (typeof cursor === 'string') this.cursors.push(cursor);
    const ownerId = this.callers?.[who].id ?? null;
    for (const item of [body.data].flat()) {
      if (typeof item !== 'object' || item === null) continue;
      const { id, reference, accessToken, userId } = item as Record<string, unknown>;
      const name = id ?? reference ?? userId;
      if (typeof name === 'string') this.add(lastCollection(path), { id: name, ownerId, parents: params });
      if (typeof accessToken === 'string' && path.endsWith('/refresh'))
        this.changeCaller(who, { accessToken, cookie: cookieOf(response) });
    }
  }
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator app shows for this secret (RFC 6238). */
export function totp(secret: string, atMs: number): string {
  const bits = Array.from(secret, (letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}
