import Joi from 'joi';
import { arrayOf, integer, named, object, text, type Infer } from '../../core/schema.ts';
import { passwordInput } from '../users/index.ts';
import { recoveryCodeCount } from './recovery-codes.ts';

// Accepts any text, because users type recovery codes in many ways and a malformed code may fail like a wrong one. NFKC
// converts the full-width digits of some keyboards.
const code = () => text(1, 64, 'NFKC');

export const startTotpBody = object({ password: passwordInput() });
export type StartTotpBody = Infer<typeof startTotpBody>;

export const confirmTotpBody = object({ code: code() });
export type ConfirmTotpBody = Infer<typeof confirmTotpBody>;

/** The password and a code, to confirm an action. */
export const bothFactorsBody = object({ password: passwordInput(), code: code() });
export type BothFactorsBody = Infer<typeof bothFactorsBody>;

export const verifyMfaBody = object({ mfaToken: Joi.string().max(512), code: code() });
export type VerifyMfaBody = Infer<typeof verifyMfaBody>;

export const newTotpView = named('NewTotp', object({ secret: Joi.string(), otpauthUrl: Joi.string() }));
export type NewTotpView = Infer<typeof newTotpView>;

export const recoveryCodesView = named(
  'RecoveryCodes',
  object({ recoveryCodes: arrayOf(Joi.string(), { min: recoveryCodeCount, max: recoveryCodeCount }) }),
);
export type RecoveryCodesView = Infer<typeof recoveryCodesView>;

export const mfaView = named(
  'Mfa',
  object({ totp: Joi.boolean(), recoveryCodesLeft: integer(0, recoveryCodeCount) }),
);
export type MfaView = Infer<typeof mfaView>;
