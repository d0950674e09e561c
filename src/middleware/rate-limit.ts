import type { Request, RequestHandler } from 'express';
import {
  ipKeyGenerator,
  MemoryStore,
  rateLimit,
  type ClientRateLimitInfo,
  type Options,
  type Store,
} from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore, type RedisReply } from 'rate-limit-redis';
import type { CoreSettings } from '../config/settings.ts';
import { coreErrors } from '../core/errors.ts';

const openAfterFailureMs = 1_000;

const isReply = (value: unknown): value is RedisReply =>
  Array.isArray(value) ? value.every(isReply) : ['string', 'number', 'boolean'].includes(typeof value);

const sendTo =
  (redis: Redis) =>
  async (...[command = '', ...args]: string[]): Promise<RedisReply> => {
    const reply = await redis.call(command, ...args);
    if (!isReply(reply)) throw new TypeError('Redis answered what the store cannot read.');
    return reply;
  };

function createSharedStore(redis: Redis, prefix: string, options: Options): RedisStore {
  const store = new RedisStore({ prefix, sendCommand: sendTo(redis) });
  store.init(options);
  // The store sends its scripts at once, and sends them again when it needs them: a failure here is no news.
  store.incrementScriptSha.catch(() => undefined);
  store.getScriptSha.catch(() => undefined);
  return store;
}

/** Counts in Redis, and in this process while Redis does not answer: never open, never closed. */
class DegradingStore implements Store {
  readonly localKeys = false;
  readonly #memory = new MemoryStore();
  #shared: RedisStore | undefined;
  #options: Options | undefined;
  #avoidUntil = 0;

  constructor(
    private readonly redis: Redis,
    // Under this name the library tells stores apart.
    readonly prefix: string,
  ) {}

  init(options: Options): void {
    this.#memory.init(options);
    this.#options = options;
  }

  increment(key: string): Promise<ClientRateLimitInfo> {
    return this.#with((store) => store.increment(key));
  }

  async decrement(key: string): Promise<void> {
    await this.#with(async (store) => {
      await store.decrement(key);
    });
  }

  async resetKey(key: string): Promise<void> {
    await this.#with(async (store) => {
      await store.resetKey(key);
    });
  }

  shutdown(): void {
    this.#memory.shutdown();
  }

  async #with<T>(count: (store: MemoryStore | RedisStore) => Promise<T>): Promise<T> {
    const isUsable = this.redis.status === 'ready' && performance.now() >= this.#avoidUntil;
    if (!isUsable || this.#options === undefined) return count(this.#memory);
    try {
      this.#shared ??= createSharedStore(this.redis, this.prefix, this.#options);
      return await count(this.#shared);
    } catch {
      // The breaker: the next requests do not wait for the same time-out.
      this.#avoidUntil = performance.now() + openAfterFailureMs;
      return count(this.#memory);
    }
  }
}

const pass: RequestHandler = (_req, _res, next) => {
  next();
};

// One customer of a network commonly has all of a /56.
const byClient: Partial<Options> = { keyGenerator: (req: Request) => ipKeyGenerator(req.context.ip, 56) };

interface Layer {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly options?: Partial<Options>;
}

/** The limiters of one app. */
export interface RateLimits {
  readonly byAddress: RequestHandler;
  readonly signIns: RequestHandler;
  readonly writes: RequestHandler;
  stop(): void;
}

/** Makes the layers of limits: per address, per address on sign-in, and per user on writes. */
export function createRateLimits(settings: CoreSettings, redis: Redis | undefined): RateLimits {
  const stores: (MemoryStore | DegradingStore)[] = [];

  const layer = ({ name, limit, windowMs, options }: Layer): RequestHandler => {
    if (limit === 0) return pass;
    const store =
      redis === undefined ? new MemoryStore() : new DegradingStore(redis, `strata:limit:${name}:`);
    stores.push(store);
    return rateLimit({
      windowMs,
      limit,
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      store,
      // These two checks write to the console what any stranger's headers set off.
      validate: { xForwardedForHeader: false, forwardedHeader: false },
      handler: (_req, _res, next) => {
        next(coreErrors.tooMany());
      },
      ...options,
    });
  };

  return {
    byAddress: layer({
      name: 'address',
      limit: settings.RATE_LIMIT_GLOBAL_PER_MINUTE,
      windowMs: 60_000,
      options: byClient,
    }),
    signIns: layer({
      name: 'sign-in',
      limit: settings.RATE_LIMIT_AUTH_PER_15_MINUTES,
      windowMs: 15 * 60_000,
      options: {
        ...byClient,
        skipSuccessfulRequests: true,
        // 201 is a registration: it counts, or accounts could be made without end. A 5xx is our failure, not the caller's.
        requestWasSuccessful: (_req, { statusCode }) =>
          statusCode >= 500 || (statusCode < 400 && statusCode !== 201),
      },
    }),
    writes: layer({
      name: 'writes',
      limit: settings.RATE_LIMIT_WRITES_PER_MINUTE,
      windowMs: 60_000,
      options: {
        skip: (req: Request) => !req.caller,
        keyGenerator: (req: Request) => req.caller?.userId ?? '',
      },
    }),
    stop: () => {
      for (const store of stores) store.shutdown();
    },
  };
}
