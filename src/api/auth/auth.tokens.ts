import type { Clock, Ids } from '../../core/ports.ts';
import { createAccessTokens, type AccessTokens } from './access-token.ts';
import type { AuthSettings } from './auth.settings.ts';
import { createDeviceTokens, type DeviceTokens } from './device-token.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { createMfaTokens, type MfaTokens } from './mfa-token.ts';
import { createRefreshTokens, type RefreshTokens } from './refresh-token.ts';
import { createSignedTokens } from './signed-token.ts';

/** The keys of the service, and the kinds of tokens that it issues with them. */
export interface AuthTokens {
  readonly keys: KeyRing;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly deviceTokens: DeviceTokens;
  readonly mfaTokens: MfaTokens;
}

export function createTokens(settings: AuthSettings, clock: Clock, ids: Ids): AuthTokens {
  const keys = createKeyRing(settings.JWT_SECRET, settings.JWT_PREVIOUS_SECRET);
  return {
    keys,
    accessTokens: createAccessTokens({
      keys,
      issuer: settings.JWT_ISSUER,
      audience: settings.JWT_AUDIENCE,
      ttlSeconds: settings.ACCESS_TOKEN_TTL_SECONDS,
      clock,
      ids,
    }),
    refreshTokens: createRefreshTokens(keys),
    deviceTokens: createDeviceTokens(createSignedTokens(keys, 'deviceTokens')),
    mfaTokens: createMfaTokens(createSignedTokens(keys, 'mfaTokens'), clock),
  };
}
