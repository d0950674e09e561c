import { defineErrors } from '../../core/errors.ts';
import { oidcMessages } from './oidc.messages.ts';

export const oidcErrors = defineErrors(oidcMessages.errors, {
  signInFailed: ['unauthenticated', 'OIDC_SIGN_IN_FAILED'],
  emailUnverified: ['forbidden', 'OIDC_EMAIL_UNVERIFIED'],
  providerNotFound: ['not_found', 'OIDC_PROVIDER_NOT_FOUND'],
  linkNotFound: ['not_found', 'OIDC_LINK_NOT_FOUND'],
  linkRequired: ['conflict', 'OIDC_LINK_REQUIRED'],
  identityTaken: ['conflict', 'OIDC_IDENTITY_TAKEN'],
  lastWayIn: ['conflict', 'OIDC_LAST_WAY_IN'],
  providerMisconfigured: ['unavailable', 'OIDC_PROVIDER_MISCONFIGURED'],
  providerUnavailable: ['unavailable', 'OIDC_PROVIDER_UNAVAILABLE'],
});
