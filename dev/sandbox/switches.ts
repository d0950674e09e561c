import Joi from 'joi';
import { integer, nullable, object, oneOf, partial, type Infer } from '../../src/core/schema.ts';

const switchesSchema = object({
  /** Waited before anything is done: a caller may have gone by then. */
  latencyMs: integer(0, 60_000),
  /** Rejects every hold. */
  decline: Joi.boolean(),
  /** Rejects holds of more than this, as decimal text. */
  declineAbove: nullable(Joi.string().pattern(/^\d+(\.\d+)?$/)),
  /** Does what it is asked, and never answers. */
  timeoutAfterSuccess: Joi.boolean(),
  /** Does nothing: says so, or ends the connection. */
  outage: nullable(oneOf('unavailable', 'reset')),
  /** How often each notice is sent. */
  webhookCopies: integer(0, 10),
  webhookDelayMs: integer(0, 600_000),
});

/** How the sandbox misbehaves. */
export type Switches = Infer<typeof switchesSchema>;

/** Everything works. */
export const allWell: Switches = {
  latencyMs: 0,
  decline: false,
  declineAbove: null,
  timeoutAfterSuccess: false,
  outage: null,
  webhookCopies: 1,
  webhookDelayMs: 0,
};

/** The switches with these changes; throws for what is not a switch. */
export function changed(switches: Switches, changes: unknown): Switches {
  const changesRead: Partial<Switches> = Joi.attempt(changes, partial(switchesSchema), { convert: false });
  return { ...switches, ...changesRead };
}
