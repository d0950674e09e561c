import { administrationModule } from './api/administration/index.ts';
import { apiKeysModule } from './api/api-keys/index.ts';
import { auditModule } from './api/audit/index.ts';
import { authModule } from './api/auth/index.ts';
import { mailModule } from './api/mail/index.ts';
import { mfaModule } from './api/mfa/index.ts';
import { oidcModule } from './api/oidc/index.ts';
import { operationsModule } from './api/operations/index.ts';
import { ordersModule } from './api/orders/index.ts';
import { organizationsModule } from './api/organizations/index.ts';
import { paymentsModule } from './api/payments/index.ts';
import { priceReportsModule } from './api/price-reports/index.ts';
import { productImportsModule } from './api/product-imports/index.ts';
import { productsModule } from './api/products/index.ts';
import { usersModule } from './api/users/index.ts';
import { webhooksModule } from './api/webhooks/index.ts';
import type { ModuleDefinition } from './module.ts';

/** All modules of the service. A module must be listed after those that it uses. */
export const modules: readonly ModuleDefinition[] = [
  auditModule,
  mailModule,
  usersModule,
  authModule,
  mfaModule,
  oidcModule,
  administrationModule,
  operationsModule,
  apiKeysModule,
  organizationsModule,
  webhooksModule,
  paymentsModule,
  productsModule,
  productImportsModule,
  priceReportsModule,
  ordersModule,
];
