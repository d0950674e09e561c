import Joi from 'joi';
import type { RouteMiddleware } from '../../module.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import { userErrors } from '../users/index.ts';
import type { AccountController } from './account.controller.ts';
import { authErrors } from './auth.errors.ts';
import {
  changeEmailBody,
  changePasswordBody,
  forgotPasswordBody,
  resetPasswordBody,
  signedInView,
  tokenBody,
} from './auth.validation.ts';

const publicRoute = route.with({ access: 'public' });
const authenticated = route.with({ access: 'authenticated' });
const nothing = Joi.any().valid(null);

/** Routes below /auth for the password and the e-mail address. */
export const accountRoutes = (
  controller: AccountController,
  { limitSignIns }: RouteMiddleware,
): RouteDefinition[] => [
  publicRoute({
    method: 'post',
    path: '/password/forgot',
    summary: 'Request a password reset link by e-mail',
    description: 'Returns the same response, after the same time, whether or not the account exists.',
    use: [limitSignIns],
    body: forgotPasswordBody,
    replies: { 202: nothing },
    handle: controller.forgotPassword,
  }),
  publicRoute({
    method: 'post',
    path: '/password/reset',
    summary: 'Reset the password with the token from the e-mail',
    description: 'The token can be used once. Ends all sessions.',
    use: [limitSignIns],
    body: resetPasswordBody,
    replies: { 204: null },
    errors: [authErrors.invalidLink],
    handle: controller.resetPassword,
  }),
  authenticated({
    method: 'post',
    path: '/password/change',
    summary: 'Change your password',
    description: 'Ends all other sessions, revokes all access tokens, and returns a new session.',
    use: [limitSignIns],
    body: changePasswordBody,
    replies: { 200: signedInView },
    errors: [userErrors.wrongPassword],
    handle: controller.changePassword,
  }),
  publicRoute({
    method: 'post',
    path: '/email/verify',
    summary: 'Verify an e-mail address with the token from the e-mail',
    use: [limitSignIns],
    body: tokenBody,
    replies: { 204: null },
    errors: [authErrors.invalidLink],
    handle: controller.verifyEmail,
  }),
  authenticated({
    method: 'post',
    path: '/email/verify/resend',
    summary: 'Resend the e-mail that verifies your address',
    replies: { 202: nothing },
    handle: controller.resendVerification,
  }),
  authenticated({
    method: 'post',
    path: '/email/change',
    summary: 'Request a change of your e-mail address',
    description:
      'Sends a link to the new address and a notice to the old one. The address changes when the link is confirmed.',
    use: [limitSignIns],
    requireRecentSignIn: true,
    body: changeEmailBody,
    replies: { 202: nothing },
    errors: [userErrors.wrongPassword],
    handle: controller.changeEmail,
  }),
  publicRoute({
    method: 'post',
    path: '/email/change/confirm',
    summary: 'Confirm the new e-mail address with the token from the e-mail',
    description: 'Revokes all access tokens; sessions stay active.',
    use: [limitSignIns],
    body: tokenBody,
    replies: { 204: null },
    errors: [authErrors.invalidLink, userErrors.emailTaken],
    handle: controller.confirmEmailChange,
  }),
];
