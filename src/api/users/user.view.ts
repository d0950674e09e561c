import type { User } from './user.model.ts';
import type { UserView } from './user.validation.ts';

/** Returns the public fields of a user, without credentials. */
export const toUserView = ({ createdAt, updatedAt, ...user }: User): UserView => ({
  id: user.id,
  email: user.email,
  name: user.name,
  roles: user.roles,
  emailVerified: user.emailVerified,
  status: user.status,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
  version: user.version,
});
