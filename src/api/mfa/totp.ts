import { Secret, TOTP } from 'otpauth';

// What every authenticator app takes; many take nothing else (RFC 6238).
const form = { algorithm: 'SHA1', digits: 6, period: 30 };

const sixDigits = /^\d{6}$/;

/** Makes a secret: 20 random bytes (RFC 4226 wants 16 or more) in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The address (`otpauth:`) that an app reads from a QR code. */
export const otpauthUrlOf = (secret: string, account: { issuer: string; label: string }): string =>
  new TOTP({ ...form, ...account, secret }).toString();

/** The time step that a code belongs to: the current one, or the one before or after it; null for any other text. */
export function stepOf(code: string, secret: string, now: Date): number | null {
  // The library throws on six characters that are more than six bytes.
  if (!sixDigits.test(code)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({
    ...form,
    token: code,
    secret: Secret.fromBase32(secret),
    timestamp,
    window: 1,
  });
  return delta === null ? null : TOTP.counter({ period: form.period, timestamp }) + delta;
}
