import { oidcCookieName } from '../../http/cookie-names.ts';
import { apiRoot } from '../../http/envelope.ts';
import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { authModule } from '../auth/index.ts';
import { mailModule } from '../mail/index.ts';
import { usersModule } from '../users/index.ts';
import { CreateOidc1763722000000 } from './migrations/1763722000000-create-oidc.ts';
import { accountHooks } from './account-hooks.ts';
import { FlowService } from './flow.service.ts';
import { LinkService } from './link.service.ts';
import { OidcController } from './oidc.controller.ts';
import { oidcRoutes } from './oidc.routes.ts';
import { assertOidcSettings, oidcSettings } from './oidc.settings.ts';
import { codeVerifierColumn, OidcFlow } from './oidc-flow.model.ts';
import { OidcFlowRepository } from './oidc-flow.repository.ts';
import { OidcIdentity } from './oidc-identity.model.ts';
import { OidcIdentityRepository } from './oidc-identity.repository.ts';
import { OidcProvider } from './oidc-provider.ts';
import { OidcSignInService } from './oidc-sign-in.service.ts';
import { PersonalDataService } from './personal-data.service.ts';

// Sign-in with OpenID Connect, with any provider that supports discovery.
// Guarantee: an identity opens an account only if it created the account or the signed-in owner linked it.

const path = '/auth/oidc';

export const oidcModule = defineModule({
  name: 'oidc',
  path,
  entities: [OidcIdentity, OidcFlow],
  migrations: [CreateOidc1763722000000],
  encryptedColumns: [codeVerifierColumn],
  settings: oidcSettings,
  create: ({ db, clock, cipher, logger, config, settings, middleware, use }) => {
    assertOidcSettings(config, settings);
    const [users, auth] = [use(usersModule), use(authModule)];
    const [audit, mails] = [use(auditModule), use(mailModule)];
    const { transaction } = db;
    const providers = new Map(
      settings.OIDC_PROVIDERS.map((provider) => [
        provider.name,
        new OidcProvider({
          settings: provider,
          redirectUri: `${config.publicUrl}${apiRoot}${path}/${provider.name}/callback`,
          allowsHttp: !config.isProduction,
          clock,
        }),
      ]),
    );
    const identities = new OidcIdentityRepository(db);
    const flowRows = new OidcFlowRepository(db, cipher);
    const flows = new FlowService({ flows: flowRows, providers });
    const providerNames = [...providers.keys()];
    const links = new LinkService({
      flows,
      identities,
      providerNames: new Set(providerNames),
      users,
      audit,
      mails,
      transaction,
    });
    const signIns = new OidcSignInService({
      flows,
      links,
      identities,
      users,
      auth,
      audit,
      transaction,
      logger,
    });
    const controller = new OidcController(signIns, links, auth.replies, {
      providerNames,
      cookieName: oidcCookieName(config),
      isCookieSecure: config.isCookieSecure,
      returnUrl: settings.OIDC_RETURN_URL,
      logger,
    });
    return {
      api: {},
      routes: oidcRoutes(controller, middleware),
      personalData: new PersonalDataService(identities, flowRows),
      ...accountHooks(links),
      purge: (limit) => flowRows.purge(limit),
    };
  },
});
