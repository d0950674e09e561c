/** Returns an environment variable. Throws if it is not set. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set. Start this server with npm run bench.`);
  return value;
}
