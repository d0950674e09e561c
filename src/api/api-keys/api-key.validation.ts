import Joi from 'joi';
import {
  arrayOf,
  integer,
  named,
  nullable,
  object,
  optional,
  partial,
  messages,
  text,
  timestamp,
  uuid,
  withDefault,
  type Infer,
} from '../../core/schema.ts';
import { apiKeyMessages } from './api-key.messages.ts';

const name = () => text(1, 100);

const scope = Joi.string()
  .max(100)
  .pattern(/^[a-z-]+:[a-z-]+$/)
  .messages(messages('string.pattern.base', apiKeyMessages.rules.scope));

const address = Joi.string()
  .max(100)
  .pattern(/^\[?[0-9A-Fa-f:.]+(?:%[0-9A-Za-z._~-]+)?\]?(?::[0-9]{1,5})?(?:\/(?:0|[1-9][0-9]{0,2}))?$/)
  .messages(messages('string.pattern.base', apiKeyMessages.rules.address));

const instant = Joi.string()
  .pattern(
    /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\.[0-9]{1,3})?Z$/,
  )
  .messages(messages('string.pattern.base', apiKeyMessages.rules.expiresAt));

const allowedAddresses = () =>
  arrayOf(address, { max: 50 }).description(
    'Addresses and networks (CIDR, IPv4 and IPv6) from which the key can be used. Ports, brackets and zones of single addresses are removed. An empty list allows any address.',
  );

const quotaPerMinute = () => integer(1, 10_000);
const quotaPerDay = () => integer(1, 1_000_000);

export const apiKeyParams = object({ id: uuid() });

export const createApiKeyBody = named(
  'NewApiKey',
  object({
    name: name(),
    scopes: arrayOf(scope, { min: 1, max: 50, unique: true }).description(
      'The permissions of the key. You must have each of them. A request with the key never has a permission that you have lost since.',
    ),
    allowedAddresses: withDefault(allowedAddresses(), []),
    quotaPerMinute: withDefault(quotaPerMinute(), 60),
    quotaPerDay: withDefault(quotaPerDay(), 10_000),
    expiresAt: optional(
      instant.description('A time in the future, at most a year ahead. Defaults to 90 days from now.'),
    ),
  }),
);
export type CreateApiKeyBody = Infer<typeof createApiKeyBody>;

export const changeApiKeyBody = named(
  'ApiKeyChange',
  partial(
    object({
      name: name(),
      allowedAddresses: allowedAddresses(),
      quotaPerMinute: quotaPerMinute(),
      quotaPerDay: quotaPerDay(),
    }),
  ),
);
export type ChangeApiKeyBody = Infer<typeof changeApiKeyBody>;

export const rotateApiKeyBody = named(
  'ApiKeyRotation',
  object({
    overlapSeconds: withDefault(integer(0, 604_800), 86_400).description(
      'How long the replaced secret stays valid; 0 revokes it immediately.',
    ),
  }),
);
export type RotateApiKeyBody = Infer<typeof rotateApiKeyBody>;

const shown = {
  id: uuid(),
  prefix: Joi.string().description('The public part of the key, which identifies it.'),
  name: Joi.string(),
  scopes: arrayOf(Joi.string()),
  allowedAddresses: arrayOf(Joi.string()),
  quotaPerMinute: integer(1, 10_000),
  quotaPerDay: integer(1, 1_000_000),
  expiresAt: timestamp(),
  lastUsedAt: nullable(timestamp()).description('Accurate to the minute.'),
  lastUsedIp: nullable(Joi.string()),
  createdAt: timestamp(),
  rotatedUntil: nullable(timestamp()).description(
    'When the secret before the last rotation expires or expired.',
  ),
  version: integer(1, Number.MAX_SAFE_INTEGER).description(
    'Incremented by each change of the key, but not by its use.',
  ),
};

export const apiKeyView = named('ApiKey', object(shown));
export type ApiKeyView = Infer<typeof apiKeyView>;

export const apiKeysView = arrayOf(apiKeyView);

export const newApiKeyView = named(
  'ApiKeyWithSecret',
  object({
    ...shown,
    key: Joi.string().description('The full key. It is returned only once and not stored.'),
  }),
);
export type NewApiKeyView = Infer<typeof newApiKeyView>;
