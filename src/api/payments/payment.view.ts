import type { PaymentRow } from './payment.model.ts';
import type { PaymentView } from './payment.validation.ts';

export const toPaymentView = ({
  reference,
  status,
  amountMinor,
  refundedMinor,
  currency,
  updatedAt,
}: PaymentRow): PaymentView => ({
  reference,
  status,
  amountMinor,
  refundedMinor,
  currency,
  updatedAt: updatedAt.toISOString(),
});
