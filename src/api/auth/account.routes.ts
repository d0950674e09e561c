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

/** The routes below /auth that are about the password and the address. */
export const accountRoutes = (
  controller: AccountController,
  { limitSignIns }: RouteMiddleware,
): RouteDefinition[] => [
  publicRoute({
    method: 'post',
    path: '/password/forgot',
    summary: 'Ask for a mail with a link that sets a new password',
    description: 'Answered alike, and after the same time, whether there is such an account or not.',
    use: [limitSignIns],
    body: forgotPasswordBody,
    replies: { 202: nothing },
    handle: controller.forgotPassword,
  }),
  publicRoute({
    method: 'post',
    path: '/password/reset',
    summary: 'Set a new password with the token of a mail',
    description: 'The token is good once. Every session ends.',
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
    description: 'Every other session ends, and every access token; the answer is that of a new sign-in.',
    use: [limitSignIns],
    body: changePasswordBody,
    replies: { 200: signedInView },
    errors: [userErrors.wrongPassword],
    handle: controller.changePassword,
  }),
  publicRoute({
    method: 'post',
    path: '/email/verify',
    summary: 'Confirm an e-mail address with the token of a mail',
    use: [limitSignIns],
    body: tokenBody,
    replies: { 204: null },
    errors: [authErrors.invalidLink],
    handle: controller.verifyEmail,
  }),
  authenticated({
    method: 'post',
    path: '/email/verify/resend',
    summary: 'Ask for the mail that confirms your address once more',
    replies: { 202: nothing },
    handle: controller.resendVerification,
  }),
  authenticated({
    method: 'post',
    path: '/email/change',
    summary: 'Ask to move your account to another e-mail address',
    description:
      'A link goes to the new address, and a notice to the old one. Nothing changes before the link is followed.',
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
    summary: 'Confirm the new e-mail address with the token of the mail to it',
    description: 'Ends every access token; sessions go on.',
    use: [limitSignIns],
    body: tokenBody,
    replies: { 204: null },
    errors: [authErrors.invalidLink, userErrors.emailTaken],
    handle: controller.confirmEmailChange,
  }),
];
