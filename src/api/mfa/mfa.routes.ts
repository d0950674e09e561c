import type { RouteMiddleware } from '../../module.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import { signedInView } from '../auth/index.ts';
import { userErrors, userParams } from '../users/index.ts';
import type { MfaController } from './mfa.controller.ts';
import { mfaErrors } from './mfa.errors.ts';
import {
  bothFactorsBody,
  confirmTotpBody,
  mfaView,
  newTotpView,
  recoveryCodesView,
  startTotpBody,
  verifyMfaBody,
} from './mfa.validation.ts';

const authenticated = route.with({ access: 'authenticated' });

export const mfaRoutes = (
  controller: MfaController,
  { limitSignIns, requireSameSite, crossSiteRefused }: RouteMiddleware,
): RouteDefinition[] => [
  authenticated({
    method: 'get',
    path: '/',
    summary: 'Read whether your second factor is on',
    replies: { 200: mfaView },
    handle: controller.describe,
  }),
  authenticated({
    method: 'post',
    path: '/totp',
    summary: 'Get a secret for an authenticator app',
    description:
      'Nothing is asked for at sign-in until a code of the app is confirmed; a secret that never was is replaced.',
    use: [limitSignIns],
    body: startTotpBody,
    replies: { 201: newTotpView },
    errors: [userErrors.wrongPassword, mfaErrors.alreadyOn],
    handle: controller.start,
  }),
  authenticated({
    method: 'post',
    path: '/totp/confirm',
    summary: 'Turn the second factor on with a code of the app',
    description:
      'The recovery codes are shown this once. Every access token ends; after a refresh, this session counts as signed in with both factors, and no other one does.',
    use: [limitSignIns],
    body: confirmTotpBody,
    replies: { 200: recoveryCodesView },
    errors: [mfaErrors.invalidCode, mfaErrors.notStarted],
    handle: controller.confirm,
  }),
  authenticated({
    method: 'delete',
    path: '/totp',
    summary: 'Turn the second factor off',
    description: 'Takes a code of the app or a recovery code. Every access token ends; sessions go on.',
    use: [limitSignIns],
    body: bothFactorsBody,
    replies: { 204: null },
    errors: [userErrors.wrongPassword, mfaErrors.invalidCode, mfaErrors.notOn],
    handle: controller.turnOff,
  }),
  authenticated({
    method: 'post',
    path: '/recovery-codes',
    summary: 'Get new recovery codes in the place of the old ones',
    use: [limitSignIns],
    body: bothFactorsBody,
    replies: { 200: recoveryCodesView },
    errors: [userErrors.wrongPassword, mfaErrors.invalidCode, mfaErrors.notOn],
    handle: controller.renewRecoveryCodes,
  }),
  route({
    method: 'post',
    path: '/verify',
    summary: 'Sign in with the second factor, after the first',
    description:
      'Takes a code of the app or a recovery code; each is good once. Every failure is answered alike, also while five wrong codes keep the account locked.',
    access: 'public',
    use: [limitSignIns, requireSameSite],
    body: verifyMfaBody,
    replies: { 200: signedInView },
    errors: [mfaErrors.invalidSignIn, crossSiteRefused],
    handle: controller.verify,
  }),
];

/** Below /users: what administrators do about the second factor of others. */
export const userMfaRoutes = (controller: MfaController): RouteDefinition[] => [
  route({
    method: 'delete',
    path: '/:id/mfa',
    summary: 'Remove the second factor of a user who has lost it',
    description:
      'The recovery codes end with it, and every access token of the user. The user gets a mail. Your own takes your password and a code: `DELETE /auth/mfa/totp`.',
    access: { permission: 'users:manage' },
    requireRecentSignIn: true,
    params: userParams,
    replies: { 204: null },
    errors: [userErrors.notFound, mfaErrors.notOn, mfaErrors.ownFactor],
    handle: controller.removeFor,
  }),
];
