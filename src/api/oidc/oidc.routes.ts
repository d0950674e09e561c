import type { RouteMiddleware } from '../../module.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import type { OidcController } from './oidc.controller.ts';
import { oidcErrors } from './oidc.errors.ts';
import {
  callbackQuery,
  identityLinksView,
  linkStartedView,
  outcomeView,
  providerParams,
  providersView,
} from './oidc.validation.ts';

const publicRoute = route.with({ access: 'public' });
const authenticated = route.with({ access: 'authenticated' });

// A provider may take 3 s for each thing that it is asked: one to begin, up to four to finish.
const [beginMs, finishMs] = [5_000, 14_000];

const beginErrors = [
  oidcErrors.providerNotFound,
  oidcErrors.providerUnavailable,
  oidcErrors.providerMisconfigured,
];
const finishErrors = [
  ...beginErrors,
  oidcErrors.signInFailed,
  oidcErrors.emailUnverified,
  oidcErrors.linkRequired,
  oidcErrors.identityTaken,
];

export const oidcRoutes = (
  controller: OidcController,
  { limitSignIns }: RouteMiddleware,
): RouteDefinition[] => [
  publicRoute({
    method: 'get',
    path: '/',
    summary: 'List the providers to sign in with',
    replies: { 200: providersView },
    handle: controller.list,
  }),
  authenticated({
    method: 'get',
    path: '/links',
    summary: 'List the providers that your account is linked to',
    replies: { 200: identityLinksView },
    handle: controller.listLinks,
  }),
  publicRoute({
    method: 'get',
    path: '/:provider',
    summary: 'Go to a provider to sign in',
    description:
      'For a browser to navigate to. It comes back to the callback with the cookie that is set here, within ten minutes.',
    use: [limitSignIns],
    deadlineMs: beginMs,
    params: providerParams,
    replies: { 302: null },
    errors: beginErrors,
    handle: controller.begin,
  }),
  publicRoute({
    method: 'get',
    path: '/:provider/callback',
    summary: 'Come back from a provider',
    description:
      'A known identity signs in; an unknown one with a verified e-mail address that nobody has here gets an account. An account that has the address is never linked by itself. After `POST /auth/oidc/:provider/link` the answer says that the identity is linked. With OIDC_RETURN_URL every answer is a redirect there, with `error`, `mfaToken` or `linked` in its fragment; the access token is then had from `POST /auth/refresh`.',
    use: [limitSignIns],
    deadlineMs: finishMs,
    params: providerParams,
    query: callbackQuery,
    replies: { 200: outcomeView, 302: null },
    errors: finishErrors,
    handle: controller.finish,
  }),
  publicRoute({
    method: 'post',
    path: '/:provider/callback',
    summary: 'Come back from a provider that posts a form',
    description:
      'As `GET`, for a provider with the response mode `form_post`, such as Apple. The fields are those of the query; `user` may have the name of a new person.',
    use: [limitSignIns],
    deadlineMs: finishMs,
    params: providerParams,
    upload: { type: 'application/x-www-form-urlencoded', maxBytes: 65_536 },
    replies: { 200: outcomeView, 302: null },
    errors: finishErrors,
    handle: controller.finishByForm,
  }),
  authenticated({
    method: 'post',
    path: '/:provider/link',
    summary: 'Link your account to a provider',
    description: 'Lead the browser to the `url` of the answer; the callback says how it ended.',
    requireRecentSignIn: true,
    deadlineMs: beginMs,
    params: providerParams,
    replies: { 200: linkStartedView },
    errors: beginErrors,
    handle: controller.beginLink,
  }),
  authenticated({
    method: 'delete',
    path: '/:provider/link',
    summary: 'Unlink your account from a provider',
    requireRecentSignIn: true,
    params: providerParams,
    replies: { 204: null },
    errors: [oidcErrors.linkNotFound, oidcErrors.lastWayIn],
    handle: controller.unlink,
  }),
];
