import { defineErrors } from '../../core/errors.ts';
import { userMessages } from './user.messages.ts';

export const userErrors = defineErrors(userMessages.errors, {
  notFound: ['not_found', 'USERS_NOT_FOUND'],
  emailTaken: ['conflict', 'AUTH_EMAIL_TAKEN'],
  lastAdmin: ['conflict', 'USERS_LAST_ADMIN'],
  wrongPassword: ['forbidden', 'USERS_WRONG_PASSWORD'],
});
