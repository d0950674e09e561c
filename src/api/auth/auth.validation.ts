import Joi from 'joi';
import {
  arrayOf,
  email,
  integer,
  named,
  nullable,
  object,
  oneOf,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';
import { givenPassword, password, personName, userView } from '../users/index.ts';

export const registerBody = named(
  'Registration',
  object({ email: email(), password: password(), name: personName() }),
);
export type RegisterBody = Infer<typeof registerBody>;

export const loginBody = named('Credentials', object({ email: email(), password: givenPassword() }));
export type LoginBody = Infer<typeof loginBody>;

const tokenKeys = {
  accessToken: Joi.string(),
  tokenType: oneOf('Bearer'),
  /** Seconds. */
  expiresIn: integer(1, 3_600),
};

export const signedInView = named('SignedIn', object({ user: userView, ...tokenKeys }));
export type SignedInView = Infer<typeof signedInView>;

export const refreshedView = named('Refreshed', object(tokenKeys));
export type RefreshedView = Infer<typeof refreshedView>;

export const sessionParams = object({ id: uuid() });

export const sessionView = named(
  'Session',
  object({
    id: uuid(),
    device: nullable(Joi.string()),
    ip: Joi.string(),
    createdAt: timestamp(),
    lastUsedAt: timestamp(),
    current: Joi.boolean(),
  }),
);
export type SessionView = Infer<typeof sessionView>;

export const sessionsView = arrayOf(sessionView);
