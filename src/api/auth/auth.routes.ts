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
      'Every failure returns the same error. The refresh token is set as an HttpOnly cookie. If the account has a second factor, the response contains an `mfaToken` instead of a session.',
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
    summary: 'Exchange the refresh cookie for a new access token',
    description:
      'Replaces the refresh token each time. A replaced token returns the same successor for a few seconds. After that, using it ends the session.',
    access: 'public',
    use: [limitSignIns, requireSameSite],
    replies: { 200: refreshedView },
    errors: [authErrors.invalidRefreshToken, crossSiteRefused],
    handle: controller.refresh,
  }),
  route({
    method: 'post',
    path: '/logout',
    summary: 'Sign out: end the session of the cookie and of the access token',
    access: 'optional',
    use: [requireSameSite],
    replies: { 204: null },
    errors: [crossSiteRefused],
    handle: controller.logout,
  }),
  authenticated({
    method: 'post',
    path: '/logout-all',
    summary: 'End all your sessions and revoke all access tokens',
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
    summary: 'End all your other sessions',
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
