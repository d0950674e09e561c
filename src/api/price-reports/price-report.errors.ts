import { defineErrors } from '../../core/errors.ts';

export const priceReportErrors = defineErrors({
  notFound: [
    'not_found',
    'PRICE_REPORTS_NOT_FOUND',
    'There is no such report.',
    { de: 'Diesen Bericht gibt es nicht.' },
  ],
});
