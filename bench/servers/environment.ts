/** What the bench tells this server; throws when it says nothing. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: npm run bench sets it.`);
  return value;
}
