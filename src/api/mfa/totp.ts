import { Secret, TOTP } from 'otpauth';

// The parameters that every authenticator app supports. Many apps support no others (RFC 6238).
const totpOptions = { algorithm: 'SHA1', digits: 6, period: 30 };

const sixDigits = /^\d{6}$/;

/** Generates a secret: 20 random bytes (RFC 4226 requires at least 16) in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** Returns the `otpauth:` URL that an app reads from a QR code. */
export const otpauthUrlOf = (secret: string, account: { issuer: string; label: string }): string =>
  new TOTP({ ...totpOptions, ...account, secret }).toString();

/** Returns the time step of a valid code (the current one, the previous or the next), or null for any other text. */
export function stepOf(code: string, secret: string, now: Date): number | null {
  // Check the format first, because the library throws for six characters that take more than six bytes.
  if (!sixDigits.test(code)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({
    ...totpOptions,
    token: code,
    secret: Secret.fromBase32(secret),
    timestamp,
    window: 1,
  });
  return delta === null ? null : TOTP.counter({ period: totpOptions.period, timestamp }) + delta;
}
