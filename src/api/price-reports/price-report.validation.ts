import {
  arrayOf,
  currencyCode,
  integer,
  named,
  nullable,
  object,
  oneOf,
  timestamp,
  uuid,
} from '../../core/schema.ts';
import type { Infer } from '../../core/schema.ts';
import { workStatuses } from '../../jobs/work-status.ts';

export const reportParams = object({ id: uuid() });

const count = () => integer(0, Number.MAX_SAFE_INTEGER);
const price = () => integer(0, Number.MAX_SAFE_INTEGER).description('In minor units.');

const currencyView = named(
  'CurrencyStatistics',
  object({
    currency: currencyCode(),
    count: count(),
    minMinor: price(),
    lowerQuartileMinor: price(),
    medianMinor: price(),
    upperQuartileMinor: price(),
    maxMinor: price(),
    histogram: arrayOf(object({ fromMinor: price(), toMinor: price(), count: count() })),
  }),
);

export const reportView = named(
  'PriceReport',
  object({
    id: uuid(),
    status: oneOf(...workStatuses),
    currencies: nullable(arrayOf(currencyView)).description('null until the report is done.'),
    createdAt: timestamp(),
    finishedAt: nullable(timestamp()),
  }),
);
export type ReportView = Infer<typeof reportView>;
