/** All roles. Each module lists in `grants` which permissions a role has. */
export const roles = ['user', 'manager', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Maps a permission to its description. */
export type Permissions = Readonly<Record<string, string>>;

/** Maps a role to the permissions that a module grants to it. */
export type Grants = Readonly<Partial<Record<Role, readonly string[]>>>;

interface AccessRules {
  readonly name: string;
  readonly permissions: Permissions;
  readonly grants: Grants;
}

/**
 * Maps each role to its permissions in all modules. Throws if a module grants a permission that it does not declare.
 */
export function buildRoleTable(modules: readonly AccessRules[]): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>(roles.map((role) => [role, new Set()]));
  for (const { name, permissions, grants } of modules) {
    for (const role of roles) {
      for (const permission of grants[role] ?? []) {
        if (!(permission in permissions)) {
          throw new Error(
            `Module "${name}" grants "${permission}" to ${role} without declaring it: add it to the module's permissions.`,
          );
        }
        table.get(role)?.add(permission);
      }
    }
  }
  return table;
}

/** Returns all permissions that these roles grant together. */
export function permissionsOf(
  table: ReadonlyMap<string, ReadonlySet<string>>,
  held: readonly string[],
): ReadonlySet<string> {
  const [only] = held;
  // Avoid building a set on every request, because most users have only one role.
  if (only !== undefined && held.length === 1) return table.get(only) ?? new Set();
  return new Set(held.flatMap((role) => [...(table.get(role) ?? [])]));
}
