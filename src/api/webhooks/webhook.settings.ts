import Joi from 'joi';
import { optional } from '../../core/schema.ts';

/** The settings of the module. */
export const webhookSettings = {
  WEBHOOKS_ALLOW_PRIVATE: optional(
    Joi.boolean().description(
      'Allow webhooks to call this machine and private networks. Default: on, except in production. Turn it on in production only if every user may reach those networks anyway.',
    ),
  ),
};
