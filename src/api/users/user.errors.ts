import { defineErrors } from '../../core/errors.ts';

export const userErrors = defineErrors({
  notFound: ['not_found', 'USERS_NOT_FOUND', 'There is no such user.'],
  emailTaken: ['conflict', 'AUTH_EMAIL_TAKEN', 'There is an account with this e-mail address already.'],
  lastAdmin: ['conflict', 'USERS_LAST_ADMIN', 'This is the last administrator: make another one first.'],
  wrongPassword: ['forbidden', 'USERS_WRONG_PASSWORD', 'The password is not right.'],
});
