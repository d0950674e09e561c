import { defineErrors } from '../../core/errors.ts';
import { priceReportMessages } from './price-report.messages.ts';

export const priceReportErrors = defineErrors(priceReportMessages.errors, {
  notFound: ['not_found', 'PRICE_REPORTS_NOT_FOUND'],
});
