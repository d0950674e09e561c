import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { authModule } from '../auth/index.ts';
import { mailModule } from '../mail/index.ts';
import { usersModule } from '../users/index.ts';
import { accountHooks } from './account-hooks.ts';
import { CodeService } from './code.service.ts';
import { MfaController } from './mfa.controller.ts';
import { mfaRoutes, userMfaRoutes } from './mfa.routes.ts';
import { MfaService } from './mfa.service.ts';
import { CreateMfa1763721000000 } from './migrations/1763721000000-create-mfa.ts';
import { RecoveryCode } from './recovery-code.model.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { TotpCredential, totpSecretColumn } from './totp-credential.model.ts';
import { TotpRepository } from './totp.repository.ts';

// Second factor at sign-in: TOTP codes of an authenticator app (RFC 6238), and recovery codes.
// Guarantees: a code can be used once, even under concurrent attempts. Attempts are limited, so codes cannot be
// guessed.

export const mfaModule = defineModule({
  name: 'mfa',
  path: '/auth/mfa',
  entities: [TotpCredential, RecoveryCode],
  migrations: [CreateMfa1763721000000],
  encryptedColumns: [totpSecretColumn],
  create: ({ db, cipher, clock, config, attempts, middleware, use }) => {
    const [users, auth, audit, mails] = [
      use(usersModule),
      use(authModule),
      use(auditModule),
      use(mailModule),
    ];
    const totps = new TotpRepository(db, cipher);
    const recoveryCodes = new RecoveryCodeRepository(db);
    const { transaction } = db;
    const codes = new CodeService({ totps, recoveryCodes, attempts, audit, mails, transaction, clock });
    const service = new MfaService({
      totps,
      recoveryCodes,
      codes,
      users,
      auth,
      audit,
      mails,
      transaction,
      // Replaces colons, because authenticator apps cut the issuer at a colon.
      issuer: config.APP_NAME.replaceAll(':', ' '),
    });
    auth.addSecondFactor({ isOnFor: (userId) => totps.exists(userId, 'confirmed') });
    const controller = new MfaController(service, auth.replies);
    return {
      api: {},
      routes: mfaRoutes(controller, middleware),
      routesElsewhere: { '/users': userMfaRoutes(controller) },
      personalData: {
        exportFor: async (userId) => ({
          totpOnSince: (await totps.findConfirmedAt(userId))?.toISOString() ?? null,
          recoveryCodesLeft: await recoveryCodes.countUnused(userId),
        }),
        eraseFor: async (userId) => {
          await totps.deleteFor(userId);
          await recoveryCodes.deleteAllFor(userId);
        },
      },
      ...accountHooks(service),
    };
  },
});
