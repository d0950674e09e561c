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

// The time limits of the routes. A provider may take 3 s for each request. Beginning a flow takes one request,
// finishing it takes up to four.
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
    summary: 'List the sign-in providers',
    replies: { 200: providersView },
    handle: controller.list,
  }),
  authenticated({
    method: 'get',
    path: '/links',
    summary: 'List the providers linked to your account',
    replies: { 200: identityLinksView },
    handle: controller.listLinks,
  }),
  publicRoute({
    method: 'get',
    path: '/:provider',
    summary: 'Start a sign-in with a provider',
    description:
      'Navigate the browser to this route. It sets a cookie and redirects to the provider. The provider sends the browser back to the callback, which requires this cookie and must be called within ten minutes.',
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
    summary: 'Complete a sign-in with a provider',
    description:
      'Signs in a known identity. An unknown identity with a verified e-mail address gets a new account, unless an account with that address exists: such an account is never linked automatically. After `POST /auth/oidc/:provider/link`, links the identity instead. With OIDC_RETURN_URL, every response is a redirect to that page, with `error`, `mfaToken` or `linked` in the fragment; get the access token from `POST /auth/refresh`.',
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
    summary: 'Complete a sign-in with a provider that posts a form',
    description:
      'Like `GET`, for a provider with the response mode `form_post`, such as Apple. The form fields equal the query parameters; `user` may contain the name of a new user.',
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
    description: 'Navigate the browser to the returned `url`. The callback returns the result.',
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
