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
// Of somebody with tens of thousands of rows, read while they are sent.
const exportMs = 300_000;
// Less than the 60 s after which a silent connection ends. A repetition continues where this one stopped.
const eraseMs = 50_000;
const administration = route.with({ access: { permission: 'users:manage' } });

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
    summary: 'Erase your account and everything personal in it',
    // It tells whether a password is right, so that it is limited like a sign-in.
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
    summary: 'Read everything that is held about you',
    deadlineMs: exportMs,
    replies: { 200: personalDataView },
    handle: controller.exportMe,
  }),
  administration({
    method: 'get',
    path: '/',
    summary: 'List users',
    query: listUsersQuery,
    replies: { 200: pageOf(userView) },
    handle: controller.list,
  }),
  administration({
    method: 'post',
    path: '/',
    summary: 'Create a user',
    description: 'Roles beyond `user` need a sign-in within the last ten minutes.',
    body: createUserBody,
    replies: { 201: userView },
    errors: [userErrors.emailTaken, coreErrors.recentSignInRequired],
    handle: controller.create,
  }),
  administration({
    method: 'get',
    path: '/:id',
    summary: 'Read a user',
    params: userParams,
    replies: { 200: userView },
    errors: [userErrors.notFound],
    handle: controller.get,
  }),
  administration({
    method: 'patch',
    path: '/:id',
    summary: 'Change a user',
    description:
      'A change of roles or status ends the access tokens of the user at once. More roles and enabling need a sign-in within the last ten minutes.',
    params: userParams,
    body: changeUserBody,
    replies: { 200: userView },
    errors: [userErrors.notFound, userErrors.lastAdmin, coreErrors.recentSignInRequired],
    handle: controller.change,
  }),
  administration({
    method: 'delete',
    path: '/:id',
    summary: 'Erase a user and everything personal',
    deadlineMs: eraseMs,
    params: userParams,
    replies: { 204: null },
    errors: [userErrors.notFound, userErrors.lastAdmin],
    handle: controller.erase,
  }),
];
