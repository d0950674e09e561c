import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { createOutgoingHttp } from '../../src/adapters/outgoing-http.ts';
import { createRedis } from '../../src/adapters/redis.ts';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { createWorkerPool } from '../../src/adapters/worker-pool.ts';
import { createApp, type App } from '../../src/app.ts';
import type { Environment } from '../../src/config/environment.ts';
import type { Role } from '../../src/core/access.ts';
import { apiRoot, authScheme } from '../../src/http/envelope.ts';
import type { ModuleDefinition } from '../../src/module.ts';
import type { OutgoingHttp } from '../../src/core/ports.ts';
import type { Database } from '../../src/db/database.ts';
import { Notifier } from '../../src/db/notifier.ts';
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

/** A signed-in user. */
export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  /** The refresh cookie as `name=value`, for a Cookie header. */
  readonly cookie: string;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Requests = Record<Method, (path: string) => supertest.Test>;

interface TestAppOptions {
  /** Settings that override the test environment. */
  readonly settings?: Environment;
  readonly modules?: readonly ModuleDefinition[];
  /** The URL of an existing database, so that two apps can share it. `close` does not drop it. */
  readonly databaseUrl?: string;
  /**
   * The mailer of another app with the same database. Share it, because either app may send a mail that the other one
   * has stored.
   */
  readonly mailer?: MemoryMailer;
  /** Replaces the real client for outgoing HTTP. */
  readonly outgoingHttp?: OutgoingHttp;
  /** True if the app also delivers events and runs jobs, like a worker process. */
  readonly withWorker?: boolean;
  /** The query timeout in milliseconds, for tests of timeouts. By default it is long enough for the slowest machine. */
  readonly queryTimeoutMs?: number;
}

/** The whole service with a database of its own. Tests call it over HTTP. */
export interface TestApp {
  readonly app: App;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly notifier: Notifier;
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  readonly mailer: MemoryMailer;
  /** The address that the service listens on, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /**
   * Sends requests without an access token. Paths are relative to `/api/v1`; a path that starts with `//` is relative
   * to the root. If a response does not match openapi.json, the test fails.
   */
  readonly http: Requests;
  /** Returns a client that sends the access token of this user. */
  as(user: Pick<TestUser, 'accessToken'>): Requests;
  /** Creates an account and signs in. */
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

/** Returns the first cookie that a response sets, as `name=value`. Throws if it sets none. */
export function cookieOf(response: supertest.Response): string {
  const [header] = response.get('Set-Cookie') ?? [];
  const cookie = header?.split(';')[0];
  if (cookie === undefined) throw new Error(`The response (${response.status}) sets no cookie.`);
  return cookie;
}

/** Starts the service on a free port of the loopback interface. Call `close` when the test is done. */
export async function buildTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { settings = {}, modules = allModules, queryTimeoutMs = generousTimeoutMs } = options;
  const name = databaseName('test');
  const databaseUrl = options.databaseUrl ?? (await createTestDatabase(name));
  const config = testConfig({ DATABASE_URL: databaseUrl, ...settings }, modules);
  const clock = createFakeClock();
  const logger = createMemoryLogger();
  const db = createDatabase(config, modules, { logger, queryTimeoutMs });
  const notifier = new Notifier({ url: databaseUrl, logger });
  const mailer = options.mailer ?? createMemoryMailer();
  const outgoingHttp = options.outgoingHttp ?? createOutgoingHttp();
  const { REDIS_URL: redisUrl } = config;
  const redis =
    redisUrl === undefined
      ? undefined
      : createRedis(redisUrl, logger, { commandTimeoutMs: generousTimeoutMs });
  const dependencies = {
    config,
    db,
    clock,
    ids: uuidIds,
    logger,
    notifier,
    mailer,
    outgoingHttp,
    workerPool: createWorkerPool(2),
    redis,
    ...createCrypto(config, { maxHashWaitMs: generousTimeoutMs }),
  };
  const app = createApp(dependencies, modules);
  const background = createBackground(dependencies, app, {
    relay: { pollMs: 50, stopMs: 500 },
    jobs: { pollMs: 50, stopMs: 500 },
  });
  const http = createHttpServer(app);
  await db.connect();
  await listen(http, { host: '127.0.0.1', port: 0 });
  await app.start();
  if (options.withWorker === true) await background.start();
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;

  const expectContract = createContractCheck(app);
  const requests = (headers: Record<string, string>): Requests => {
    const send = (method: Method) => (given: string) => {
      const path = given.startsWith('//') ? given.slice(1) : `${apiRoot}${given}`;
      return supertest(url)[method](path).set(headers).expect(expectContract(method, path));
    };
    return {
      get: send('get'),
      post: send('post'),
      put: send('put'),
      patch: send('patch'),
      delete: send('delete'),
    };
  };

  const anonymous = requests({});
  return {
    app,
    db,
    databaseUrl,
    notifier,
    clock,
    logger,
    mailer,
    url,
    http: anonymous,
    as: ({ accessToken }) => requests({ Authorization: `${authScheme} ${accessToken}` }),
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
      const response = await anonymous.post('/auth/login').send({ email, password }).expect(200);
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
