import { coreErrors } from '../../core/errors.ts';
import { pageOf } from '../../core/pagination.ts';
import type { RouteMiddleware } from '../../module.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import type { UserController } from './user.controller.ts';
import { userErrors } from './user.errors.ts';
import {
  changeMeBody,
  changeUserBody,
  createUserBody,
  eraseMeBody,
  listUsersQuery,
  personalDataView,
  userParams,
  userView,
} from './user.validation.ts';

const authenticated = route.with({ access: 'authenticated' });
// The time limit of an export. It is enough to stream the tens of thousands of rows that a user may have.
const exportMs = 300_000;
// The time limit of an erasure. It is shorter than the 60 s after which proxies close an idle connection. A retry
// continues where the previous request stopped.
const eraseMs = 50_000;
const admin = route.with({ access: { permission: 'users:manage' } });

export const userRoutes = (
  controller: UserController,
  { limitSignIns }: RouteMiddleware,
): RouteDefinition[] => [
  authenticated({
    method: 'get',
    path: '/me',
    summary: 'Read your account',
    acceptsMachineKeys: true,
    replies: { 200: userView },
    handle: controller.me,
  }),
  authenticated({
    method: 'patch',
    path: '/me',
    summary: 'Change your account',
    body: changeMeBody,
    replies: { 200: userView },
    handle: controller.changeMe,
  }),
  authenticated({
    method: 'delete',
    path: '/me',
    summary: 'Erase your account and all personal data',
    // Limit this route like a sign-in, because it reveals whether a password is correct.
    use: [limitSignIns],
    deadlineMs: eraseMs,
    body: eraseMeBody,
    replies: { 204: null },
    errors: [userErrors.wrongPassword, userErrors.lastAdmin],
    handle: controller.eraseMe,
  }),
  authenticated({
    method: 'get',
    path: '/me/export',
    summary: 'Export all data held about you',
    deadlineMs: exportMs,
    replies: { 200: personalDataView },
    handle: controller.exportMe,
  }),
  admin({
    method: 'get',
    path: '/',
    summary: 'List users',
    query: listUsersQuery,
    replies: { 200: pageOf(userView) },
    handle: controller.list,
  }),
  admin({
    method: 'post',
    path: '/',
    summary: 'Create a user',
    description: 'Roles other than `user` require a sign-in within the last ten minutes.',
    body: createUserBody,
    replies: { 201: userView },
    errors: [userErrors.emailTaken, coreErrors.recentSignInRequired],
    handle: controller.create,
  }),
  admin({
    method: 'get',
    path: '/:id',
    summary: 'Read a user',
    params: userParams,
    replies: { 200: userView },
    errors: [userErrors.notFound],
    handle: controller.get,
  }),
  admin({
    method: 'patch',
    path: '/:id',
    summary: 'Change a user',
    description:
      'A change of roles or status immediately revokes the access tokens of the user. Adding a role or enabling the account requires a sign-in within the last ten minutes.',
    params: userParams,
    body: changeUserBody,
    replies: { 200: userView },
    errors: [userErrors.notFound, userErrors.lastAdmin, coreErrors.recentSignInRequired],
    handle: controller.change,
  }),
  admin({
    method: 'delete',
    path: '/:id',
    summary: 'Erase a user and all personal data',
    deadlineMs: eraseMs,
    params: userParams,
    replies: { 204: null },
    errors: [userErrors.notFound, userErrors.lastAdmin],
    handle: controller.erase,
  }),
];
