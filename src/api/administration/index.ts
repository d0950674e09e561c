import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { authModule } from '../auth/index.ts';
import { usersModule } from '../users/index.ts';
import { AdministrationController } from './administration.controller.ts';
import { administrationRoutes } from './administration.routes.ts';
import { AdministrationService } from './administration.service.ts';

// Administration of other users' sign-ins: list and end sessions, unlock. Every change takes effect immediately and
// is audited.

export const administrationModule = defineModule({
  name: 'administration',
  path: '/users',
  create: ({ db, use }) => {
    const service = new AdministrationService({
      users: use(usersModule),
      auth: use(authModule),
      audit: use(auditModule),
      transaction: db.transaction,
    });
    return { api: {}, routes: administrationRoutes(new AdministrationController(service)) };
  },
});
