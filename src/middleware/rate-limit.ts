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
import type { Config } from '../config/config.ts';
import { coreErrors } from '../core/errors.ts';
import { addRateLimitHeaders, resetSecondsOf } from './rate-limit-headers.ts';

const openAfterFailureMs = 1_000;

const isReply = (value: unknown): value is RedisReply =>
  Array.isArray(value) ? value.every(isReply) : ['string', 'number', 'boolean'].includes(typeof value);

const sendTo =
  (redis: Redis) =>
  async (...[command = '', ...args]: string[]): Promise<RedisReply> => {
    const reply = await redis.call(command, ...args);
    if (!isReply(reply))
      throw new TypeError('Unexpected reply from Redis: the rate limit store cannot read it.');
    return reply;
  };

function createSharedStore(redis: Redis, prefix: string, options: Options): RedisStore {
  const store = new RedisStore({ prefix, sendCommand: sendTo(redis) });
  store.init(options);
  // Ignore failures of the scripts that the store loads now, because the store loads a missing script again before
  // using it.
  store.incrementScriptSha.catch(() => undefined);
  store.getScriptSha.catch(() => undefined);
  return store;
}

/** Counts requests in Redis. While Redis is unavailable, counts them in this process, so that limits always apply. */
class DegradingStore implements Store {
  readonly localKeys = false;
  readonly #memory = new MemoryStore();
  #shared: RedisStore | undefined;
  #options: Options | undefined;
  #avoidUntil = 0;

  constructor(
    private readonly redis: Redis,
    // express-rate-limit identifies stores by this name.
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
      // Do not use Redis for a while, so that the next requests do not wait for the same timeout.
      this.#avoidUntil = performance.now() + openAfterFailureMs;
      return count(this.#memory);
    }
  }
}

const pass: RequestHandler = (_req, _res, next) => {
  next();
};

// Identifies an IPv6 client by its /56 network, because providers commonly assign one to each customer.
const byClient: Partial<Options> = { keyGenerator: (req: Request) => ipKeyGenerator(req.context.ip, 56) };

interface Layer {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly options?: Partial<Options>;
}

/** The rate limiters of one app. */
export interface RateLimits {
  readonly byAddress: RequestHandler;
  readonly signIns: RequestHandler;
  readonly writes: RequestHandler;
  stop(): void;
}

/** Creates three limiters: for requests per address, for sign-ins per address, and for writes per user. */
export function createRateLimits(settings: Config, redis: Redis | undefined): RateLimits {
  const stores: (MemoryStore | DegradingStore)[] = [];

  const layer = ({ name, limit, windowMs, options }: Layer): RequestHandler => {
    if (limit === 0) return pass;
    const store =
      redis === undefined ? new MemoryStore() : new DegradingStore(redis, `strata:limit:${name}:`);
    stores.push(store);
    const windowSeconds = windowMs / 1_000;
    const limiter = rateLimit({
      windowMs,
      limit,
      standardHeaders: false,
      legacyHeaders: false,
      store,
      // Validate only in tests and development, because the checks find mistakes in this file. Disable two of them,
      // because they write to the console whenever a client sends such headers.
      validate: !settings.isProduction && { xForwardedForHeader: false, forwardedHeader: false },
      handler: ({ rateLimit: info }: Request, _res, next) => {
        const seconds = info === undefined ? windowSeconds : resetSecondsOf(info, windowSeconds);
        next(coreErrors.tooMany([], { headers: { 'Retry-After': String(seconds) } }));
      },
      ...options,
    });
    return (req, res, next) => {
      // Delete the state that another limiter has set, because this limiter leaves it unchanged if it skips the
      // request.
      req.rateLimit = undefined;
      limiter(req, res, (error?: unknown) => {
        if (req.rateLimit !== undefined) addRateLimitHeaders(res, name, req.rateLimit, windowSeconds);
        next(error);
      });
    };
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
        // Count only failed sign-ins, with two exceptions. A registration (201) counts too, to limit new accounts. A
        // 5xx does not count, because the service failed and not the caller.
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
