import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { TOTP, Secret } from 'otpauth';

const root = join(import.meta.dirname, '../..');
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

const totp = (...args: string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/totp.ts', ...args],
      { cwd: root },
      (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, stdout, stderr });
      },
    );
  });

describe('npm run totp', () => {
  it('prints the current code', async () => {
    const codeNow = () => TOTP.generate({ secret: Secret.fromBase32(secret) });
    const before = codeNow();
    const { code, stdout, stderr } = await totp(secret);
    expect([code, stderr]).toEqual([0, '']);
    // Accept the code from before the call too, because a new code may have begun while the script was running.
    expect([before, codeNow()]).toContain(stdout.trimEnd());
  });

  it.each([[[]], [['not base32!']]])(
    'prints its usage and exits with 1 for the arguments %j',
    async (args: string[]) => {
      const { code, stdout, stderr } = await totp(...args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^Pass one base32 secret\.\nPrints [^]*\n {2}npm run -s totp -- /);
    },
  );
});
