import type { OidcIdentity } from './oidc-identity.model.ts';
import type { IdentityLinkView } from './oidc.validation.ts';

export const toIdentityLinkView = (identity: OidcIdentity): IdentityLinkView => ({
  provider: identity.provider,
  linkedAt: identity.createdAt.toISOString(),
  lastUsedAt: identity.lastUsedAt.toISOString(),
});
