/** Groups a list by name and keeps the order of the list. */
export function groupBy<T>(list: readonly T[], nameOf: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of list) {
    const name = nameOf(member);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [member]);
    else group.push(member);
  }
  return groups;
}
