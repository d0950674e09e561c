/** The roles there are. What each may do is said by the modules, in their `grants`. */
export const roles = ['user', 'manager', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Permission → what it allows, in words. */
export type Permissions = Readonly<Record<string, string>>;

/** Role → the permissions that a module gives it. */
export type Grants = Readonly<Partial<Record<Role, readonly string[]>>>;

interface AccessRules {
  readonly name: string;
  readonly permissions: Permissions;
  readonly grants: Grants;
}

/** Role → every permission it has, from all modules together; throws when a grant names an undeclared one. */
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

/** The permissions that these roles give together. */
export function permissionsOf(
  table: ReadonlyMap<string, ReadonlySet<string>>,
  held: readonly string[],
): ReadonlySet<string> {
  const [only] = held;
  // Nearly everyone has one role: no set is made for them on every request.
  if (only !== undefined && held.length === 1) return table.get(only) ?? new Set();
  return new Set(held.flatMap((role) => [...(table.get(role) ?? [])]));
}
