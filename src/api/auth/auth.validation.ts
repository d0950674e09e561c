import Joi from 'joi';
import {
  arrayOf,
  either,
  email,
  integer,
  named,
  nullable,
  object,
  oneOf,
  messages,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';
import { authScheme } from '../../http/envelope.ts';
import { emailInput, passwordInput, password, personName, userView } from '../users/index.ts';
import { authMessages } from './auth.messages.ts';

export const registerBody = named(
  'Registration',
  object({ email: email(), password: password(), name: personName() }),
);
export type RegisterBody = Infer<typeof registerBody>;

const token = () =>
  Joi.string()
    .pattern(/^[A-Za-z0-9_-]{43}$/)
    .messages(messages('string.pattern.base', authMessages.rules.token));

export const tokenBody = object({ token: token() });
export type TokenBody = Infer<typeof tokenBody>;

export const forgotPasswordBody = object({ email: emailInput() });
export type ForgotPasswordBody = Infer<typeof forgotPasswordBody>;

export const resetPasswordBody = object({ token: token(), password: password() });
export type ResetPasswordBody = Infer<typeof resetPasswordBody>;

export const changePasswordBody = object({ currentPassword: passwordInput(), newPassword: password() });
export type ChangePasswordBody = Infer<typeof changePasswordBody>;

export const changeEmailBody = object({ email: email(), password: passwordInput() });
export type ChangeEmailBody = Infer<typeof changeEmailBody>;

export const loginBody = named('Credentials', object({ email: emailInput(), password: passwordInput() }));
export type LoginBody = Infer<typeof loginBody>;

const tokenKeys = {
  accessToken: Joi.string(),
  tokenType: oneOf(authScheme),
  /** The lifetime of the access token in seconds. */
  expiresIn: integer(1, 3_600),
};

export const signedInView = named('SignedIn', object({ user: userView, ...tokenKeys }));
export type SignedInView = Infer<typeof signedInView>;

export const mfaPendingView = named(
  'MfaPending',
  object({
    mfaRequired: Joi.boolean<true>().valid(true),
    /** Expires after five minutes. The client exchanges it, with a code, for a session. */
    mfaToken: Joi.string(),
  }),
);
export type MfaPendingView = Infer<typeof mfaPendingView>;

/** A session, or a request for the second factor. */
export const admissionView = either(signedInView, mfaPendingView);
export type AdmissionView = Infer<typeof admissionView>;

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
