import { roles } from '../../core/access.ts';
import type { Command } from '../../module.ts';
import { arrayOf, email, object, oneOf, type Infer } from '../../core/schema.ts';
import type { Users } from './user.api.ts';
import { password, personName } from './user.validation.ts';

const newUser = object({
  email: email(),
  password: password(),
  name: personName(),
  roles: arrayOf(oneOf(...roles), { min: 1 }),
});

export const userCommands = (users: Users): Readonly<Record<string, Command>> => ({
  'user:create': {
    summary: 'Create an account, such as the first administrator',
    options: {
      email: 'e-mail address for sign-in',
      password: 'at least 8 characters',
      role: `one of ${roles.join(', ')} (default: user)`,
      name: 'name of the person (default: the e-mail address)',
    },
    run: async ({ email: address, password: secret, role = 'user', name = address?.slice(0, 200) }) => {
      const input = { email: address, password: secret, name, roles: [role] };
      const result = newUser.validate(input, {
        abortEarly: false,
        convert: false,
        errors: { label: 'path' },
      });
      if (result.error !== undefined)
        throw new Error(`${result.error.message}. Check --email, --password, --role and --name.`);
      const valid: Infer<typeof newUser> = result.value;
      const user = await users.create(valid);
      return `Created ${user.email} (${user.roles.join(', ')}), id ${user.id}.`;
    },
  },
});
