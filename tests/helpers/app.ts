import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { createOutgoingHttp } from '../../src/adapters/outgoing-http.ts';
import { createRedis } from '../../src/adapters/redis.ts';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { createWorkerPool } from '../../src/adapters/worker-pool.ts';
import { createApp, type App } from '../../src/app.ts';
import type { Environment } from '../../src/config/environment.ts';
import type { Role } from '../../src/core/access.ts';
import type { ModuleDefinition } from '../../src/module.ts';
import type { OutgoingHttp } from '../../src/core/ports.ts';
import type { Database } from '../../src/db/database.ts';
import { createHttpServer, listen } from '../../src/process/http-server.ts';
import { modules as allModules } from '../../src/modules.ts';
import { createDatabase, createCrypto } from '../../src/process/dependencies.ts';
import { createBackground } from '../../src/process/background.ts';
import { testConfig, generousTimeoutMs } from './config.ts';
import { createTestDatabase, databaseName, dropDatabase } from './databases.ts';
import {
  createFakeClock,
  createMemoryLogger,
  createMemoryMailer,
  type FakeClock,
  type MemoryLogger,
  type MemoryMailer,
} from './fakes.ts';
import { createContractCheck } from './contract-check.ts';

/** Someone with an account who is signed in. */
export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  /** `name=value`, for a Cookie header. */
  readonly cookie: string;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Requests = Record<Method, (path: string) => supertest.Test>;

interface TestAppOptions {
  /** On top of the test environment. */
  readonly settings?: Environment;
  readonly modules?: readonly ModuleDefinition[];
  /** An existing database, which is then left in place: for two apps on one. */
  readonly databaseUrl?: string;
  /** The mailer of another app on the same database, as either may send what the other has stored. */
  readonly mailer?: MemoryMailer;
  /** For tests of what is asked of it; the real one unless given. */
  readonly outgoingHttp?: OutgoingHttp;
  /** Whether it also delivers events and carries out jobs, as a worker beside it would. */
  readonly withWorker?: boolean;
  /** How long a query may take, for tests of what happens when it takes longer; in all others no machine is too slow. */
  readonly queryTimeoutMs?: number;
}

/** A whole service on a database of its own, called over HTTP. */
export interface TestApp {
  readonly app: App;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  readonly mailer: MemoryMailer;
  /** Where it listens, such as http://127.0.0.1:40123. */
  readonly url: string;
  /**
   * Requests of nobody in particular; paths below /api/v1 unless they begin with `//`.
   * An answer that is not what openapi.json promises of its route fails the test.
   */
  readonly http: Requests;
  /** Requests with the access token of this user. */
  as(user: Pick<TestUser, 'accessToken'>): Requests;
  /** Makes an account and signs in. */
  buildUser(overrides?: {
    email?: string;
    name?: string;
    password?: string;
    roles?: readonly Role[];
  }): Promise<TestUser>;
  close(): Promise<void>;
}

interface UsersApi {
  create(user: {
    email: string;
    password: string;
    name: string;
    roles: readonly Role[];
  }): Promise<{ id: string }>;
}

let counter = 0;

/** `name=value` of the cookie that a response sets; throws when it sets none. */
export function cookieOf(response: supertest.Response): string {
  const [header] = response.get('Set-Cookie') ?? [];
  const cookie = header?.split(';')[0];
  if (cookie === undefined) throw new Error(`The response (${response.status}) sets no cookie.`);
  return cookie;
}

export async function buildTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { settings = {}, modules = allModules, queryTimeoutMs = generousTimeoutMs } = options;
  const name = databaseName('test');
  const databaseUrl = options.databaseUrl ?? (await createTestDatabase(name));
  const config = testConfig({ DATABASE_URL: databaseUrl, ...settings }, modules);
  const clock = createFakeClock();
  const logger = createMemoryLogger();
  const db = createDatabase(config, modules, { logger, queryTimeoutMs });
  const mailer = options.mailer ?? createMemoryMailer();
  const outgoingHttp = options.outgoingHttp ?? createOutgoingHttp();
  const { REDIS_URL: redisUrl } = config;
  const redis =
    redisUrl === undefined
      ? undefined
      : createRedis(redisUrl, logger, { commandTimeoutMs: generousTimeoutMs });
  const parts = {
    config,
    db,
    clock,
    ids: uuidIds,
    logger,
    mailer,
    outgoingHttp,
    workerPool: createWorkerPool(2),
    redis,
    ...createCrypto(config, { maxHashWaitMs: generousTimeoutMs }),
  };
  const app = createApp(parts, modules);
  const background = createBackground(parts, app, {
    relay: { pollMs: 50, stopMs: 500 },
    jobs: { pollMs: 50, stopMs: 500 },
  });
  const http = createHttpServer(app);
  await db.connect();
  await listen(http, { host: '127.0.0.1', port: 0 });
  await app.start();
  if (options.withWorker === true) await background.start();
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;

  const fitsContract = createContractCheck(app);
  const requests = (headers: Record<string, string>): Requests => {
    const send = (method: Method) => (given: string) => {
      const path = given.startsWith('//') ? given.slice(1) : `/api/v1${given}`;
      return supertest(url)[method](path).set(headers).expect(fitsContract(method, path));
    };
    return {
      get: send('get'),
      post: send('post'),
      put: send('put'),
      patch: send('patch'),
      delete: send('delete'),
    };
  };

  const nobody = requests({});
  return {
    app,
    db,
    databaseUrl,
    clock,
    logger,
    mailer,
    url,
    http: nobody,
    as: ({ accessToken }) => requests({ Authorization: `Bearer ${accessToken}` }),
    buildUser: async (overrides = {}) => {
      counter += 1;
      const account = {
        email: `person${counter}@example.com`,
        password: 'correct horse battery',
        name: 'Test User',
        roles: ['user'] as const,
        ...overrides,
      };
      const { email, password } = account;
      const users = app.modules.instances.get('users')?.api as UsersApi;
      const { id } = await users.create(account);
      const response = await nobody.post('/auth/login').send({ email, password }).expect(200);
      const { accessToken } = response.body.data as { accessToken: string };
      return { id, email, password, accessToken, cookie: cookieOf(response) };
    },
    close: async () => {
      http.server.close();
      http.server.closeAllConnections();
      if (options.withWorker === true) await background.stop();
      await app.stop();
      redis?.disconnect();
      await db.close();
      if (options.databaseUrl === undefined) await dropDatabase(name);
    },
  };
}
