import Joi from 'joi';
import { defineJob } from '../../jobs/jobs.ts';
import { currencyCode, integer, object } from '../../core/schema.ts';

const timeoutSeconds = 30;
const concurrency = 10;
const reference = Joi.string();

export const authorizePayment = defineJob({
  name: 'payments.authorize',
  schema: object({ reference, amountMinor: integer(0, Number.MAX_SAFE_INTEGER), currency: currencyCode() }),
  timeoutSeconds,
  concurrency,
});

export const capturePayment = defineJob({
  name: 'payments.capture',
  schema: object({ reference }),
  timeoutSeconds,
  concurrency,
});

export const cancelPayment = defineJob({
  name: 'payments.cancel',
  schema: object({ reference }),
  timeoutSeconds,
  concurrency,
});

export const reconcilePayment = defineJob({
  name: 'payments.reconcile',
  schema: object({ reference }),
  timeoutSeconds,
  concurrency,
});

export const reconcileAllPayments = defineJob({
  name: 'payments.reconcile-all',
  schema: object({}),
  cron: '*/5 * * * *',
});
