import { availableParallelism } from 'node:os';
import {
  describeKeys,
  object,
  pickKeys,
  validated,
  type DescribedKey,
  type InferShape,
  type OptionalKey,
  type Schema,
} from '../core/schema.ts';
import { joiMessages } from '../core/joi.messages.ts';
import { parseNetwork } from '../utils/ip-address.ts';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import type { Environment } from './environment.ts';
import type { GivenSecret } from './secrets.ts';
import { coreSettings, productionIssues, type CoreSettings } from './settings.ts';
import { readTextFile } from './text-file.ts';

export { ConfigError };

/** The settings of a module. Maps an environment variable to its schema. */
export type SettingsShape = Readonly<Record<string, Schema | OptionalKey<Schema>>>;

/** The validated environment, with values derived from it. The object is frozen. */
export interface Config extends Readonly<CoreSettings> {
  readonly isProduction: boolean;
  readonly publicUrl: string;
  /** How many processes serve requests. */
  readonly processes: number;
  /** SLOW_QUERY_MS, or the default of the environment. */
  readonly slowQueryMs: number;
  readonly slowLoopMs: number;
  readonly shutdownDelayMs: number;
  readonly isDocsEnabled: boolean;
  /**
   * How mails are sent. `smtp` if SMTP_URL is set. Otherwise `none` in production, where mails wait in the queue, and
   * `file` elsewhere.
   */
  readonly mailTransport: 'smtp' | 'file' | 'none';
  /**
   * True if browsers send the cookies over https only. False only in development, because development uses plain http.
   */
  readonly isCookieSecure: boolean;
  /** The number of trusted proxies, or their networks. */
  readonly trustProxy: false | number | readonly string[];
  /** Returns the settings that a module declared. */
  settingsOf<S extends SettingsShape>(shape: S): InferShape<S>;
}

type Mark = 'isSecret' | 'isPassword' | 'isUrl' | 'isList' | 'isJson';

const isMarked = (setting: DescribedKey | undefined, mark: Mark): boolean =>
  setting?.metas?.some((meta) => meta[mark] === true) === true;

/** Returns whether the value of a setting must never be shown. */
export const isSecretSetting = (setting: DescribedKey | undefined): boolean => isMarked(setting, 'isSecret');

const numeric = /^-?\d{1,15}$/;

/** Parses JSON. Returns invalid JSON unchanged, so that the schema rejects it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function convert(text: string, setting: DescribedKey | undefined): unknown {
  if (isMarked(setting, 'isJson')) return parseJson(text);
  if (isMarked(setting, 'isList')) {
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  if (setting?.type === 'number' && numeric.test(text)) return Number(text);
  if (setting?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

interface Reading {
  readonly text?: string;
  /** The setting that named a file with the text, such as `JWT_SECRET_FILE`. */
  readonly source?: string;
  readonly issue?: string;
}

/** Reads the text of a setting from its variable, or from the file that the variable `<NAME>_FILE` names. */
function read(name: string, setting: DescribedKey | undefined, env: Environment): Reading {
  const direct = env[name];
  const path = isSecretSetting(setting) ? env[`${name}_FILE`] : undefined;
  // An empty variable counts as missing.
  const isSet = direct !== undefined && direct !== '';
  if (path === undefined || path === '') return isSet ? { text: direct } : {};
  if (isSet) return { issue: `is set twice: as ${name} and as ${name}_FILE; keep one` };
  const file = readTextFile(path);
  if ('problem' in file)
    return {
      issue: {
        missing: `cannot be read: check the file that ${name}_FILE names`,
        unreadable: `cannot be read: check the permissions of the file that ${name}_FILE names`,
        folder: `cannot be read: ${name}_FILE names a folder`,
        encoding: `is not text: save the file that ${name}_FILE names as UTF-8`,
      }[file.problem],
    };
  const text = file.text.trim();
  if (text === '') return { issue: `is empty: check the file that ${name}_FILE names` };
  return { text, source: `${name}_FILE` };
}

function parseTrustProxy(text: string): false | number | readonly string[] {
  if (text === '' || text === '0') return false;
  return numeric.test(text) ? Number(text) : text.split(',').map((part) => part.trim());
}

const networks = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Returns whether the text is a network, but not the whole internet. */
function isNetwork(text: string): boolean {
  const network = parseNetwork(text);
  return networks.has(text) || (network !== null && network.bits > 0);
}

function trustProxyIssue(text: string): ConfigIssue[] {
  const parsed = parseTrustProxy(text);
  const isRight = parsed === false || (typeof parsed === 'number' ? parsed > 0 : parsed.every(isNetwork));
  const message =
    'must be a number of proxies or their addresses; a wider range would trust any address a caller claims';
  return isRight ? [] : [{ name: 'TRUST_PROXY', message }];
}

/** Validates the environment of the service and its modules. Throws a `ConfigError` that lists every problem. */
export function loadConfig(env: Environment, moduleSettings: readonly SettingsShape[] = []): Config {
  const schema = schemaOf(moduleSettings);
  const described = describeKeys(schema);
  const issues: ConfigIssue[] = [];
  const raw: Record<string, unknown> = {};
  const sources = new Map<string, string>();
  for (const name of Object.keys(described)) {
    const { text, source, issue } = read(name, described[name], env);
    if (source !== undefined) sources.set(name, source);
    if (issue !== undefined) issues.push({ name, message: issue });
    if (text !== undefined) raw[name] = convert(text, described[name]);
  }
  const result = schema.validate(raw, {
    abortEarly: false,
    convert: false,
    errors: { label: false },
    messages: joiMessages.en,
  });
  const named = new Set(issues.map((issue) => issue.name));
  // Treat the values as valid here, because every issue is thrown below.
  const settings = validated(schema, result.value);
  const isProduction = settings.NODE_ENV === 'production';
  for (const { path, type, message } of result.error?.details ?? []) {
    const [name = '', ...inner] = path.map(String);
    // Leave out the name of an unknown key, because it may be a value in the wrong place.
    const place = (type === 'object.unknown' ? inner.slice(0, -1) : inner).join('.');
    const isNested = isMarked(described[name], 'isJson') && place !== '';
    const isLacking = type === 'any.required' && !isNested && isProduction;
    const reason = isLacking ? ' (NODE_ENV is production)' : '';
    if (!named.has(name)) issues.push({ name, message: (isNested ? `(${place}) ` : '') + message + reason });
  }
  issues.push(...trustProxyIssue(env['TRUST_PROXY'] ?? ''));
  if (isProduction) {
    const wrong = new Set(issues.map((issue) => issue.name));
    const unfit = productionIssues(settings, secretsIn(raw, described));
    issues.push(...unfit.filter((issue) => !wrong.has(issue.name)));
  }
  if (issues.length > 0) {
    const placed = issues.map(({ name, message }) => {
      const source = sources.get(name);
      return { name, message: source === undefined ? message : `(${source}) ${message}` };
    });
    throw new ConfigError(placed);
  }
  for (const setting of Object.values(settings)) Object.freeze(setting);
  return Object.freeze({
    ...settings,
    ...derive(settings),
    settingsOf: <S extends SettingsShape>(shape: S) => pickKeys(shape, settings),
  });
}

/** Returns the schema of the environment. Its type has only the settings of the kernel. */
function schemaOf(moduleSettings: readonly SettingsShape[]) {
  const others = Object.fromEntries(moduleSettings.flatMap((shape) => Object.entries(shape)));
  return object({ ...coreSettings, ...others });
}

function secretsIn(
  raw: Record<string, unknown>,
  described: Readonly<Record<string, DescribedKey>>,
): GivenSecret[] {
  return Object.entries(raw).flatMap(([name, value]) => {
    const setting = described[name];
    // Skip URLs and JSON. They come from other systems, and only parts of them are random.
    if (!isMarked(setting, 'isSecret') || isMarked(setting, 'isUrl') || isMarked(setting, 'isJson'))
      return [];
    return [{ name, value: String(value), isPassword: isMarked(setting, 'isPassword') }];
  });
}

function derive(settings: CoreSettings): Omit<Config, keyof CoreSettings | 'settingsOf'> {
  const isProduction = settings.NODE_ENV === 'production';
  // Report later in development, where compiling, reloading and an editor also use the CPU.
  const slowMs = settings.NODE_ENV === 'development' ? 1_000 : 200;
  return {
    isProduction,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    processes:
      settings.WEB_CONCURRENCY === 'auto' ? availableParallelism() : Number(settings.WEB_CONCURRENCY),
    isCookieSecure: isProduction || settings.PUBLIC_URL?.startsWith('https://') === true,
    slowQueryMs: settings.SLOW_QUERY_MS ?? slowMs,
    slowLoopMs: settings.SLOW_LOOP_MS ?? slowMs,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS ?? (isProduction ? 5_000 : 0),
    isDocsEnabled: settings.DOCS_ENABLED ?? !isProduction,
    mailTransport: settings.SMTP_URL !== undefined ? 'smtp' : isProduction ? 'none' : 'file',
    trustProxy: parseTrustProxy(settings.TRUST_PROXY),
  };
}

/** Returns the description and default of every setting, for `.env.example`. */
export const describeSettings = (
  moduleSettings: readonly SettingsShape[],
): Readonly<Record<string, DescribedKey>> => describeKeys(schemaOf(moduleSettings));
