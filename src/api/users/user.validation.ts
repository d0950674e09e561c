import Joi from 'joi';
import { roles } from '../../core/access.ts';
import { canonicalString } from '../../core/canonical-string.ts';
import { momentText } from '../../core/moment.ts';
import { listQuery } from '../../core/pagination.ts';
import {
  arrayOf,
  email,
  integer,
  named,
  object,
  oneOf,
  optional,
  partial,
  searchTerm,
  text,
  timestamp,
  uuid,
  withDefault,
  type Infer,
} from '../../core/schema.ts';
import { legacyEmail } from '../../utils/email.ts';

const role = oneOf(...roles);
const status = oneOf('active', 'disabled');

/** A new password: 8 to 128 characters of any kind, normalized to NFC. */
export const password = (): Joi.StringSchema => text(8, 128);

const legacyEmailString = canonicalString(legacyEmail);

/**
 * An address for lookup only. The schema is less strict than `email`, so that every address accepted earlier stays
 * usable.
 */
export const emailInput = (): Joi.StringSchema =>
  legacyEmailString()
    .email({ tlds: { allow: false }, minDomainSegments: 1 })
    .max(254);

/**
 * A password for comparison only. The schema neither normalizes nor checks it, so that every password accepted earlier
 * stays usable.
 */
export const passwordInput = (): Joi.StringSchema => Joi.string().max(1_024);

export const personName = (): Joi.StringSchema => text(1, 200);

export const userParams = object({ id: uuid() });

export const createUserBody = named(
  'NewUser',
  object({
    email: email(),
    password: password(),
    name: personName(),
    roles: withDefault(arrayOf(role, { min: 1, max: roles.length, unique: true }), ['user']),
  }),
);
export type CreateUserBody = Infer<typeof createUserBody>;

export const changeUserBody = named(
  'UserChange',
  partial(
    object({
      name: personName(),
      roles: arrayOf(role, { min: 1, max: roles.length, unique: true }),
      status,
    }),
  ),
);
export type ChangeUserBody = Infer<typeof changeUserBody>;

export const changeMeBody = object({ name: personName() });
export type ChangeMeBody = Infer<typeof changeMeBody>;

export const eraseMeBody = object({ password: passwordInput() });
export type EraseMeBody = Infer<typeof eraseMeBody>;

export const listUsersQuery = listQuery(['createdAt', 'email', 'name'], '-createdAt', {
  status: optional(status),
  role: optional(role),
  q: optional(
    searchTerm().description('Words or word prefixes that the name or e-mail address must contain.'),
  ),
  emailVerified: optional(Joi.boolean()),
  createdFrom: optional(momentText().description('Created at or after this time.')),
  createdTo: optional(momentText().description('Created before this time.')),
});
export type ListUsersQuery = Infer<typeof listUsersQuery>;

export const userView = named(
  'User',
  object({
    id: uuid(),
    email: Joi.string(),
    name: Joi.string(),
    roles: arrayOf(role),
    emailVerified: Joi.boolean(),
    status,
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: integer(1, Number.MAX_SAFE_INTEGER),
  }),
);
export type UserView = Infer<typeof userView>;

/** All data held about a user, by module name. */
export const personalDataView = Joi.object<Record<string, unknown>>().pattern(Joi.string(), Joi.any());
