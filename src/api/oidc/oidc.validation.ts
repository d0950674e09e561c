import Joi from 'joi';
import { admissionView } from '../auth/index.ts';
import {
  arrayOf,
  either,
  named,
  object,
  optional,
  messages,
  timestamp,
  type Infer,
} from '../../core/schema.ts';
import { oidcMessages } from './oidc.messages.ts';

const providerName = () =>
  Joi.string()
    .pattern(/^[a-z0-9-]{1,30}$/)
    .messages(messages('string.pattern.base', oidcMessages.rules.provider));

export const providerParams = object({ provider: providerName() });
export type ProviderParams = Infer<typeof providerParams>;

const parameter = () => optional(Joi.string().allow('').max(4_096));

/** The callback parameters of a provider. Unknown parameters are allowed and ignored. */
export const callbackQuery = object({
  state: parameter(),
  code: parameter(),
  error: parameter(),
  error_description: parameter(),
  iss: parameter(),
}).unknown();
export type CallbackQuery = Infer<typeof callbackQuery>;

export const providersView = arrayOf(object({ name: Joi.string() }));

export const identityLinkView = named(
  'IdentityLink',
  object({ provider: Joi.string(), linkedAt: timestamp(), lastUsedAt: timestamp() }),
);
export type IdentityLinkView = Infer<typeof identityLinkView>;

export const identityLinksView = arrayOf(identityLinkView);

/** The URL to which the client navigates the browser. */
export const linkStartedView = object({ url: Joi.string() });

export const linkedView = named(
  'IdentityLinked',
  object({ linked: Joi.boolean<true>().valid(true), provider: Joi.string() }),
);

/** The result of a callback: a sign-in, or a linked identity. */
export const outcomeView = either(admissionView, linkedView);
