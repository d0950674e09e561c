import Joi from 'joi';
import { integer, nullable, object, oneOf, partial, type Infer } from '../../src/core/schema.ts';

const switchesSchema = object({
  /** The delay in milliseconds before each request is handled. */
  latencyMs: integer(0, 60_000),
  /** True if every hold is rejected. */
  decline: Joi.boolean(),
  /** Holds above this amount are rejected. The amount is decimal text. */
  declineAbove: nullable(Joi.string().pattern(/^\d+(\.\d+)?$/)),
  /** True if requests are carried out but never answered. */
  timeoutAfterSuccess: Joi.boolean(),
  /** `unavailable` responds with 503, and `reset` resets the connection. */
  outage: nullable(oneOf('unavailable', 'reset')),
  /** How many copies of each webhook are sent. */
  webhookCopies: integer(0, 10),
  webhookDelayMs: integer(0, 600_000),
});

/** The faults that the sandbox simulates. */
export type Switches = Infer<typeof switchesSchema>;

/** No simulated faults. */
export const noFaults: Switches = {
  latencyMs: 0,
  decline: false,
  declineAbove: null,
  timeoutAfterSuccess: false,
  outage: null,
  webhookCopies: 1,
  webhookDelayMs: 0,
};

/** Returns the switches with these changes. Throws for an unknown or invalid switch. */
export function changeSwitches(switches: Switches, changes: unknown): Switches {
  const validChanges: Partial<Switches> = Joi.attempt(changes, partial(switchesSchema), { convert: false });
  return { ...switches, ...validChanges };
}
