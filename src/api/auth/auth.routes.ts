import type { RouteMiddleware } from '../../module.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import { userErrors } from '../users/index.ts';
import type { AuthController } from './auth.controller.ts';
import { authErrors } from './auth.errors.ts';
import {
  admissionView,
  loginBody,
  refreshedView,
  registerBody,
  sessionParams,
  sessionsView,
  signedInView,
} from './auth.validation.ts';

const authenticated = route.with({ access: 'authenticated' });

export const authRoutes = (
  controller: AuthController,
  { limitSignIns, requireSameSite, crossSiteRefused }: RouteMiddleware,
): RouteDefinition[] => [
  route({
    method: 'post',
    path: '/register',
    summary: 'Create an account and sign in',
    access: 'public',
    use: [limitSignIns, requireSameSite],
    body: registerBody,
    replies: { 201: signedInView },
    errors: [userErrors.emailTaken, crossSiteRefused],
    handle: controller.register,
  }),
  route({
    method: 'post',
    path: '/login',
    summary: 'Sign in',
    description:
      'Every failure is answered alike. The refresh token comes in a cookie that scripts cannot read. With a second factor turned on, the answer is a token to show it with.',
    access: 'public',
    use: [limitSignIns, requireSameSite],
    body: loginBody,
    replies: { 200: admissionView },
    errors: [authErrors.invalidCredentials, crossSiteRefused],
    handle: controller.login,
  }),
  route({
    method: 'post',
    path: '/refresh',
    summary: 'Get a new access token for the refresh cookie',
    description: 'The cookie is replaced each time. A replaced one that is used again ends the session.',
    access: 'public',
    use: [limitSignIns, requireSameSite],
    replies: { 200: refreshedView },
    errors: [authErrors.invalidRefreshToken, crossSiteRefused],
    handle: controller.refresh,
  }),
  route({
    method: 'post',
    path: '/logout',
    summary: 'End the session of the cookie, of the access token, or of both',
    access: 'optional',
    use: [requireSameSite],
    replies: { 204: null },
    errors: [crossSiteRefused],
    handle: controller.logout,
  }),
  authenticated({
    method: 'post',
    path: '/logout-all',
    summary: 'End every session of yours, access tokens too',
    replies: { 204: null },
    handle: controller.logoutAll,
  }),
  authenticated({
    method: 'get',
    path: '/sessions',
    summary: 'List your sessions',
    replies: { 200: sessionsView },
    handle: controller.listSessions,
  }),
  authenticated({
    method: 'delete',
    path: '/sessions',
    summary: 'End every session of yours but this one',
    requireRecentSignIn: true,
    replies: { 204: null },
    handle: controller.endOtherSessions,
  }),
  authenticated({
    method: 'delete',
    path: '/sessions/:id',
    summary: 'End one of your sessions',
    requireRecentSignIn: true,
    params: sessionParams,
    replies: { 204: null },
    errors: [authErrors.sessionNotFound],
    handle: controller.endSession,
  }),
];
