import { createHmac } from 'node:crypto';
import type supertest from 'supertest';
import { cookieOf, type TestApp, type TestUser } from '../../helpers/app.ts';
import type { Operation } from './document.ts';
import type { CallerKind } from './requests.ts';
import { Known } from './values.ts';

type Caller = TestUser & { readonly totpSecret?: string };

/** A resource that exists. */
interface Resource {
  readonly id: string;
  readonly ownerId: string | null;
  /** The path parameters of the request that returned it. */
  readonly parents: Readonly<Record<string, string>>;
}

const maxResources = 60;

/** Maps each path parameter to its collection: `/api/v1/orders/{id}/ship` → `{ id: 'orders' }`. */
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

/** The callers and resources that exist. Each response adds its ids and tokens, so that later requests can use them. */
export class World {
  private readonly resources = new Map<string, Resource[]>();
  private readonly cursors: string[] = [];
  private readonly keys: string[] = [];
  private callers: { user: Caller; admin: Caller } | undefined;

  constructor(readonly test: TestApp) {}

  /** Returns the caller of this kind. */
  async caller(callerKind: 'user' | 'admin'): Promise<Caller> {
    this.callers ??= { user: await this.signUp('user'), admin: await this.signUp('admin') };
    return this.callers[callerKind];
  }

  async signUp(role: 'user' | 'admin'): Promise<Caller> {
    const caller = await this.test.buildUser({ roles: [role] });
    this.add('users', { id: caller.id, ownerId: caller.id, parents: {} });
    return caller;
  }

  /** Replaces a caller that was signed out, erased or locked. */
  async replaceCaller(callerKind: 'user' | 'admin'): Promise<void> {
    if (this.callers === undefined) return;
    this.callers = { ...this.callers, [callerKind]: await this.signUp(callerKind) };
  }

  /** Updates a caller after it enabled the second factor or refreshed its tokens. */
  changeCaller(callerKind: 'user' | 'admin', change: Partial<Caller>): void {
    if (this.callers !== undefined)
      this.callers = { ...this.callers, [callerKind]: { ...this.callers[callerKind], ...change } };
  }

  add(collection: string, resource: Resource): void {
    const list = this.resources.get(collection) ?? [];
    if (list.some(({ id }) => id === resource.id)) return;
    this.resources.set(collection, [...list, resource].slice(-maxResources));
  }

  /**
   * Returns path parameters for an existing resource and the resources that contain it. In three of four cases, chooses
   * a resource of the caller.
   */
  pathParams({ path }: Operation, choice: number, ownerId: string | null): Record<string, string> {
    const collections = Object.entries(collectionsIn(path));
    const [name, collection] = collections.at(-1) ?? [];
    if (name === undefined || collection === undefined) return {};
    const resource = this.pick(collection, choice, ownerId);
    if (resource === undefined) return {};
    // Use the parents of the resource: an invitation exists only below its own organization.
    const parents = collections.length > 1 ? resource.parents : {};
    return { ...parents, [name]: resource.id };
  }

  private pick(collection: string, choice: number, ownerId: string | null): Resource | undefined {
    const all = this.resources.get(collection) ?? this.candidates(choice);
    const own = all.filter((resource) => resource.ownerId === ownerId);
    const from = own.length > 0 && choice % 4 > 0 ? own : all;
    // Prefer new resources, because older ones may have been deleted.
    return from.at(-1 - (choice % Math.max(from.length, 1)));
  }

  /**
   * Returns resources for an id whose name does not show its collection, such as `assigneeId`. Half of the time returns
   * users, otherwise the resources of any collection.
   */
  private candidates(choice: number): readonly Resource[] {
    const kinds = [...this.resources.values()];
    return (choice % 2 === 0 ? this.resources.get('users') : kinds[choice % Math.max(kinds.length, 1)]) ?? [];
  }

  /** Replaces every `Known` in a value by an existing value. */
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
        throw new Error(`Unknown kind of existing value: "${kind}".`);
    }
  }

  /** Returns the tokens of all links in mails, oldest first. */
  tokens(): string[] {
    return this.test.mailer.mails.flatMap(({ text }) => /#token=([\w.-]+)/.exec(text)?.[1] ?? []);
  }

  /** Remembers the ids, cursors, cookies and tokens in a response. */
  learn(
    { path }: Operation,
    {
      callerKind,
      params,
      key,
    }: { callerKind: CallerKind; params: Record<string, string>; key: string | undefined },
    response: supertest.Response,
  ): void {
    if (response.status >= 300 || callerKind === 'anonymous') return;
    if (key !== undefined) this.keys.push(key);
    const body = response.body as { data?: unknown; meta?: { pagination?: { nextCursor?: unknown } } };
    const cursor = body.meta?.pagination?.nextCursor;
    if (typeof cursor === 'string') this.cursors.push(cursor);
    const ownerId = this.callers?.[callerKind].id ?? null;
    for (const item of [body.data].flat()) {
      if (typeof item !== 'object' || item === null) continue;
      const { id, reference, accessToken, userId } = item as Record<string, unknown>;
      const name = id ?? reference ?? userId;
      if (typeof name === 'string') this.add(lastCollection(path), { id: name, ownerId, parents: params });
      if (typeof accessToken === 'string' && path.endsWith('/refresh'))
        this.changeCaller(callerKind, { accessToken, cookie: cookieOf(response) });
    }
  }
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Returns the TOTP code of a secret at a time (RFC 6238). */
export function totp(secret: string, atMs: number): string {
  const bits = Array.from(secret, (letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}
