import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { authModule } from '../auth/index.ts';
import { usersModule } from '../users/index.ts';
import { AdministrationController } from './administration.controller.ts';
import { administrationRoutes } from './administration.routes.ts';
import { AdministrationService } from './administration.service.ts';

// What administrators do about other people's sign-ins: see and end sessions, and unlock.
// Promises that it takes effect at once and is written down.

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
