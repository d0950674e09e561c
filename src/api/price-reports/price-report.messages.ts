import { defineMessages } from '../../core/messages.ts';
import { de } from './price-report.messages.de.ts';
import { en } from './price-report.messages.en.ts';

export const priceReportMessages = defineMessages({ en, de });
