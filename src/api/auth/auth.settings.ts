import Joi from 'joi';
import { secret } from '../../config/settings.ts';
import { integer, optional, withDefault, type InferShape } from '../../core/schema.ts';

/** The settings of the module. */
export const authSettings = {
  JWT_SECRET: secret().description('Secret from which the keys of access and refresh tokens are derived.'),
  JWT_PREVIOUS_SECRET: optional(
    secret().description(
      'Previous JWT_SECRET, accepted during rotation so that no user is signed out. See docs/operations.md for the steps.',
    ),
  ),
  JWT_ISSUER: withDefault(Joi.string(), 'strata').description('`iss` claim of access tokens.'),
  JWT_AUDIENCE: withDefault(Joi.string(), 'strata-api').description('`aud` claim of access tokens.'),
  ACCESS_TOKEN_TTL_SECONDS: withDefault(integer(60, 1_800), 900).description('Lifetime of an access token.'),
  REFRESH_REUSE_INTERVAL_SECONDS: withDefault(integer(0, 60), 10).description(
    'How long a replaced refresh token still returns its successor. This covers two tabs that refresh concurrently and responses lost on mobile networks. Risk: a stolen refresh token can be used undetected for this long after its owner refreshed. With 0, two tabs that refresh concurrently end the session.',
  ),
};

export type AuthSettings = InferShape<typeof authSettings>;
