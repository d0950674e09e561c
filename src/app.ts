import type { Express } from 'express';
import type { Redis } from 'ioredis';
import { createFileMailer } from './adapters/file-mailer.ts';
import { productName } from './config/product-name.ts';
import { housekeeping } from './jobs/housekeeping.ts';
import { assertJobsFit, type JobHandler } from './jobs/jobs.ts';
import { createModules, type AppDeps, type ModuleDefinition, type Modules } from './module.ts';
import { buildOpenApi } from './http/openapi.ts';
import { buildRouter, type RouterOptions } from './http/router.ts';
import { refreshCookieName } from './http/cookie-names.ts';
import type { Notifier } from './db/notifier.ts';
import { AttemptRepository } from './db/attempt.repository.ts';
import { IdempotencyRepository } from './http/idempotency.repository.ts';
import { InboxRepository } from './events/inbox.repository.ts';
import { JobRepository } from './jobs/job.repository.ts';
import { OutboxRepository } from './events/outbox.repository.ts';
import { accountPages } from './pages/account-pages.ts';
import { createAuthenticate } from './middleware/authenticate.ts';
import { createBaseApp } from './middleware/base-app.ts';
import { discardBody, parseBody, receiveUpload } from './middleware/body.ts';
import { crossSiteErrors, requireSameSite } from './middleware/cross-site.ts';
import { createDeadline } from './middleware/deadline.ts';
import { devMailRoutes } from './pages/development-mail.ts';
import { docsRoutes } from './pages/docs.ts';
import { createSendError, errorHandler } from './middleware/error-handler.ts';
import { healthRoutes, type Readiness } from './middleware/health.ts';
import { notFound } from './middleware/not-found.ts';
import { createRateLimits } from './middleware/rate-limit.ts';
import { crossOrigin, requireHttps, requireReadableUrl } from './middleware/security.ts';

/** The dependencies of an app. Redis may be missing. */
export interface Dependencies extends Omit<
  AppDeps,
  'middleware' | 'attempts' | 'events' | 'deadEvents' | 'jobs'
> {
  readonly notifier: Notifier;
  readonly redis?: Redis | undefined;
}

/** The service after it is built, before any server listens. */
export interface App {
  readonly express: Express;
  /** Serves only the health checks, for a process without the API. */
  readonly health: Express;
  readonly modules: Modules;
  /** Returns the OpenAPI document. */
  readonly describe: () => object;
  /** The jobs of the service and of its modules. The worker runs them. */
  readonly jobs: readonly JobHandler[];
  readonly readiness: () => Promise<Readiness>;
  start(): Promise<void>;
  /** Prepares for a shutdown: `/health/ready` replies 503 from now on, and every response closes its connection. */
  drain(): void;
  stop(): Promise<void>;
}

const databaseTimeoutMs = 1_000;

/** Builds the service from its dependencies and modules. Two apps in one process share no state. */
export function createApp(dependencies: Dependencies, definitions: readonly ModuleDefinition[]): App {
  const { config, db, clock, ids, logger, notifier, workerPool, redis } = dependencies;
  const state = { isStarted: false, isDraining: false };
  const bodyLimits = { maxBytes: config.BODY_LIMIT_BYTES, timeoutMs: config.REQUEST_DEADLINE_MS };
  const limits = createRateLimits(config, redis);
  const sendError = createSendError({
    logger,
    isDebugging: config.NODE_ENV === 'development',
    onRefused: (caller) => {
      modules.refused(caller);
    },
  });
  const idempotency = new IdempotencyRepository(db);
  const attempts = new AttemptRepository(db);
  const events = new OutboxRepository(db, ids, notifier);
  const inbox = new InboxRepository(db);
  const jobs = new JobRepository(db, ids, notifier);

  const sameSite = requireSameSite({ origins: ownOrigins(config), cookieName: refreshCookieName(config) });
  const middleware = {
    limitSignIns: limits.signIns,
    requireSameSite: sameSite,
    crossSiteRefused: crossSiteErrors.crossSite,
  };
  const modules = createModules(
    definitions,
    { ...dependencies, middleware, attempts, events, deadEvents: events, jobs },
    { idempotency: idempotency.personalData },
  );
  const purges = [idempotency, attempts, events, inbox, jobs, ...modules.instances.values()].flatMap(
    ({ purge }) => purge ?? [],
  );
  const handlers = [housekeeping(purges), ...modules.jobs];
  assertJobsFit(handlers);
  const routerOptions: RouterOptions = {
    deadline: createDeadline(config.REQUEST_DEADLINE_MS, sendError),
    parseBody: parseBody(bodyLimits),
    receiveUpload,
    authenticate: createAuthenticate({
      authenticators: modules.authenticators,
      roleTable: modules.roleTable,
      mfaRoles: config.MFA_REQUIRED_ROLES,
      clock,
    }),
    limitWrites: limits.writes,
    idempotency,
    validatesReplies: !config.isProduction,
  };
  // The OpenAPI document. It is built when it is first needed, because building is slow and most processes never serve
  // it.
  let document: object | undefined;
  const describe = (): object =>
    (document ??= buildOpenApi(modules.routes, {
      title: productName,
      version: '1',
      description: 'A layered REST backend on PostgreSQL.',
      permissions: Object.fromEntries(definitions.flatMap(({ permissions }) => Object.entries(permissions))),
      refusals: modules.authenticators.flatMap(({ refusals = [] }) => refusals),
    }));

  const readiness = async (): Promise<Readiness> => {
    if (state.isDraining) return 'draining';
    if (!state.isStarted) return 'starting';
    if (!(await db.isReachable(databaseTimeoutMs))) return 'unavailable';
    return redis === undefined || redis.status === 'ready' ? 'ok' : 'degraded';
  };

  const base = { config, ids, logger, state };
  const discard = discardBody(bodyLimits);
  const app = createBaseApp(base);
  app.use(healthRoutes(readiness, discard));
  app.use(crossOrigin({ origins: config.CORS_ORIGINS, headers: config.CORS_ALLOWED_HEADERS }));
  app.use(limits.byAddress);
  if (config.isProduction && config.trustProxy !== false) app.use(requireHttps);
  app.use(requireReadableUrl);
  app.use(buildRouter(modules.routes, routerOptions));
  app.use(discard);
  app.use(
    docsRoutes({
      describe,
      password: config.DOCS_PASSWORD,
      hasPage: config.isDocsEnabled,
      limitSignIns: limits.signIns,
    }),
  );
  if (config.NODE_ENV === 'development' && config.mailTransport === 'file')
    app.use(devMailRoutes(createFileMailer(config.MAIL_KEPT_DIR)));
  if (config.APP_URL === undefined) app.use(accountPages(config.APP_NAME));
  app.use(notFound);
  app.use(errorHandler(sendError));

  const health = createBaseApp(base);
  health.use(healthRoutes(readiness, discard));
  health.use(requireReadableUrl);
  health.use(discard);
  health.use(notFound);
  health.use(errorHandler(sendError));

  return {
    express: app,
    health,
    modules,
    describe,
    jobs: handlers,
    readiness,
    start: async () => {
      await modules.start();
      state.isStarted = true;
    },
    drain: () => {
      state.isDraining = true;
    },
    stop: async () => {
      limits.stop();
      await modules.stop();
      await workerPool.close();
      await notifier.close();
    },
  };
}

/**
 * Returns the origins of pages that may send cookies: the service's own origin, the origins in CORS_ORIGINS, and
 * localhost in development.
 */
function ownOrigins({
  publicUrl,
  PUBLIC_URL,
  CORS_ORIGINS,
  isProduction,
  NODE_ENV,
  PORT,
}: Dependencies['config']): string[] {
  const local = NODE_ENV === 'development' ? [`http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`] : [];
  // Omit the service's own URL if it is only the default on localhost. In production, localhost would mean the machine
  // of the browser.
  const own = isProduction && PUBLIC_URL === undefined ? [] : [publicUrl];
  return [...own, ...CORS_ORIGINS, ...local];
}
