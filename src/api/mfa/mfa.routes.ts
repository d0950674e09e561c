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
    summary: 'Read the state of your second factor',
    replies: { 200: mfaView },
    handle: controller.describe,
  }),
  authenticated({
    method: 'post',
    path: '/totp',
    summary: 'Create a secret for an authenticator app',
    description:
      'The second factor is off until you confirm a code of the app. Replaces a secret that was never confirmed.',
    use: [limitSignIns],
    body: startTotpBody,
    replies: { 201: newTotpView },
    errors: [userErrors.wrongPassword, mfaErrors.alreadyOn],
    handle: controller.start,
  }),
  authenticated({
    method: 'post',
    path: '/totp/confirm',
    summary: 'Turn on the second factor with a code of the app',
    description:
      'The recovery codes are returned only once. Revokes all access tokens. After a refresh, this session counts as signed in with both factors; other sessions do not.',
    use: [limitSignIns],
    body: confirmTotpBody,
    replies: { 200: recoveryCodesView },
    errors: [mfaErrors.invalidCode, mfaErrors.notStarted],
    handle: controller.confirm,
  }),
  authenticated({
    method: 'delete',
    path: '/totp',
    summary: 'Turn off the second factor',
    description:
      'Accepts a code of the app or a recovery code. Revokes all access tokens; sessions stay active.',
    use: [limitSignIns],
    body: bothFactorsBody,
    replies: { 204: null },
    errors: [userErrors.wrongPassword, mfaErrors.invalidCode, mfaErrors.notOn],
    handle: controller.turnOff,
  }),
  authenticated({
    method: 'post',
    path: '/recovery-codes',
    summary: 'Replace the recovery codes',
    use: [limitSignIns],
    body: bothFactorsBody,
    replies: { 200: recoveryCodesView },
    errors: [userErrors.wrongPassword, mfaErrors.invalidCode, mfaErrors.notOn],
    handle: controller.renewRecoveryCodes,
  }),
  route({
    method: 'post',
    path: '/verify',
    summary: 'Complete a sign-in with the second factor',
    description:
      'Accepts a code of the app or a recovery code; each can be used once. Every failure returns the same error, also while the account is locked after five wrong codes.',
    access: 'public',
    use: [limitSignIns, requireSameSite],
    body: verifyMfaBody,
    replies: { 200: signedInView },
    errors: [mfaErrors.invalidSignIn, crossSiteRefused],
    handle: controller.verify,
  }),
];

/** Routes below /users with which administrators manage the second factor of other users. */
export const userMfaRoutes = (controller: MfaController): RouteDefinition[] => [
  route({
    method: 'delete',
    path: '/:id/mfa',
    summary: 'Remove the second factor of a user',
    description:
      'Use it for a user who has lost the second factor. Also deletes the recovery codes, revokes all access tokens of the user and notifies the user by e-mail. To remove your own second factor, use `DELETE /auth/mfa/totp`.',
    access: { permission: 'users:manage' },
    requireRecentSignIn: true,
    params: userParams,
    replies: { 204: null },
    errors: [userErrors.notFound, mfaErrors.notOn, mfaErrors.ownFactor],
    handle: controller.removeFor,
  }),
];
