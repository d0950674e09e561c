import { Secret, TOTP } from 'otpauth';
import { readCommandLine, refuse } from '../src/utils/command-line.ts';

// Stands in for an authenticator app: prints the code that it would show now for a secret in base32.
const usage = `Prints the code that an authenticator app shows now for this secret in base32:
  npm run -s totp -- JBSWY3DPEHPK3PXP
`;
const [secret = '', ...more] = readCommandLine(usage, { allowPositionals: true }).positionals;

if (more.length > 0 || !/^[A-Z2-7]+=*$/i.test(secret))
  refuse(`Name one secret of an authenticator app, in base32.\n${usage}`);
process.stdout.write(`${TOTP.generate({ secret: Secret.fromBase32(secret) })}\n`);
