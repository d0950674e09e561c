import { route, type RouteDefinition } from '../../http/route.ts';
import { object, uuid } from '../../core/schema.ts';
import { sessionsView } from '../auth/index.ts';
import { userErrors } from '../users/index.ts';
import type { AdministrationController } from './administration.controller.ts';

const administration = route.with({ access: { permission: 'users:manage' } });
const params = object({ id: uuid() });

export const administrationRoutes = (controller: AdministrationController): RouteDefinition[] => [
  administration({
    method: 'get',
    path: '/:id/sessions',
    summary: 'List the sessions of a user',
    params,
    replies: { 200: sessionsView },
    errors: [userErrors.notFound],
    handle: controller.listSessions,
  }),
  administration({
    method: 'delete',
    path: '/:id/sessions',
    summary: 'End all sessions of a user',
    params,
    replies: { 204: null },
    errors: [userErrors.notFound],
    handle: controller.endSessions,
  }),
  administration({
    method: 'post',
    path: '/:id/unlock',
    summary: 'Unlock a user',
    params,
    replies: { 204: null },
    errors: [userErrors.notFound],
    handle: controller.unlock,
  }),
];
