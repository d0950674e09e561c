import { Secret, TOTP } from 'otpauth';
import { readCommandLine, refuse } from '../src/utils/command-line.ts';

const usage = `Prints the current TOTP code for a base32 secret, like an authenticator app:
  npm run -s totp -- JBSWY3DPEHPK3PXP
`;
const [secret = '', ...more] = readCommandLine(usage, { allowPositionals: true }).positionals;

if (more.length > 0 || !/^[A-Z2-7]+=*$/i.test(secret)) refuse(`Pass one base32 secret.\n${usage}`);
process.stdout.write(`${TOTP.generate({ secret: Secret.fromBase32(secret) })}\n`);
