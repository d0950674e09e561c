import { resolve } from 'node:path';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import { parseEnvFile } from './env-file.ts';
import { readTextFile } from './text-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type NodeEnv = 'development' | 'test' | 'production';

const problems = {
  missing: 'cannot be read: check its name and its permissions.',
  unreadable: 'cannot be read: check its name and its permissions.',
  folder: 'is a folder: rename it, or put a file in its place.',
  encoding: 'is not UTF-8 text (Windows may have saved it as UTF-16): save it as UTF-8.',
};

function readEnvFile(path: string, isRequired: boolean, issues: ConfigIssue[]): Environment {
  const file = readTextFile(path);
  const name = `The environment file ${path}`;
  if ('problem' in file) {
    if (file.problem !== 'missing' || isRequired) issues.push({ name, message: problems[file.problem] });
    return {};
  }
  const parsed = parseEnvFile(file.text);
  for (const { line, message } of parsed.issues)
    issues.push({ name, message: `has an error: line ${line} ${message}.` });
  return parsed.values;
}

// Returns whether a variable comes from a container platform. If another service is named `worker`, Kubernetes and
// Docker set `WORKER_PORT=tcp://…`, which is not the setting of this service.
const isServiceLink = (name: string, value: string | undefined): boolean =>
  name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value ?? '');

// Returns whether a variable would configure the pg driver. Only DATABASE_URL defines the connection, except for a
// password that DATABASE_URL omits.
const isOfPostgres = (name: string): boolean =>
  /^PG[A-Z]+$/.test(name) && name !== 'PGPASSWORD' && name !== 'PGPASSFILE';

/**
 * Returns the environment without the variables of other programs. Also deletes the PG* variables from `process.env`,
 * because the pg driver would read them.
 */
function withoutForeign(real: Environment): Environment {
  if (real === process.env) {
    if (/^(?:require|verify-)/.test(process.env['PGSSLMODE'] ?? ''))
      process.emitWarning('PGSSLMODE is ignored: add sslmode to DATABASE_URL.');
    for (const name of Object.keys(process.env).filter(isOfPostgres))
      Reflect.deleteProperty(process.env, name);
  }
  return Object.fromEntries(
    Object.entries(real).filter(([name, value]) => !isOfPostgres(name) && !isServiceLink(name, value)),
  );
}

/**
 * Returns the environment, completed by the files `.env`, `.env.<NODE_ENV>`, `.env.local` (not in tests),
 * `.env.<NODE_ENV>.local` and `ENV_FILE`. A later file overrides an earlier one, and real environment variables
 * override all files. Throws a `ConfigError` that lists every unreadable file and every invalid line.
 */
export function loadEnvironment(
  defaultNodeEnv: NodeEnv,
  real: Environment = process.env,
  directory = process.cwd(),
): Environment {
  const own = withoutForeign(real);
  // An empty NODE_ENV counts as missing.
  const nodeEnv = real['NODE_ENV'] || defaultNodeEnv;
  const names = [
    '.env',
    `.env.${nodeEnv}`,
    ...(nodeEnv === 'test' ? [] : ['.env.local']),
    `.env.${nodeEnv}.local`,
  ];
  const issues: ConfigIssue[] = [];
  const files = names.map((name) => readEnvFile(resolve(directory, name), false, issues));
  const envFile = real['ENV_FILE'];
  if (envFile !== undefined && envFile !== '')
    files.push(readEnvFile(resolve(directory, envFile), true, issues));
  if (issues.length > 0) throw new ConfigError(issues);
  const merged = Object.fromEntries([...files, own].flatMap((values) => Object.entries(values)));
  return { ...merged, NODE_ENV: nodeEnv };
}
