import { Secret, TOTP } from 'otpauth';

// Stands in for an authenticator app: prints the code that it would show now for a secret in base32.
const [secret] = process.argv.slice(2);

if (secret === undefined || !/^[A-Z2-7]+=*$/i.test(secret)) {
  process.stderr.write('Give the secret of an authenticator app: npm run -s totp -- JBSWY3DPEHPK3PXP\n');
  process.exitCode = 1;
} else {
  process.stdout.write(`${TOTP.generate({ secret: Secret.fromBase32(secret) })}\n`);
}
