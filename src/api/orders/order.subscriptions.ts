import { on, type EventDefinition, type Subscription } from '../../events/events.ts';
import { paymentAuthorized, paymentCancelled, paymentCaptured, paymentDeclined } from '../payments/index.ts';
import type { Webhooks } from '../webhooks/index.ts';
import {
  orderCancelled,
  orderDelivered,
  orderEvents,
  orderPaid,
  orderPlaced,
  orderRefunded,
  orderShipped,
} from './order.events.ts';
import type { OrderSaga } from './order.saga.ts';
import type { OrderSummaryRepository } from './order-summary.repository.ts';

interface OrderSubscriptionsDeps {
  readonly saga: OrderSaga;
  readonly summaries: OrderSummaryRepository;
  readonly webhooks: Webhooks;
}

const [sagaConsumer, summariesConsumer] = ['orders.saga', 'orders.summaries'];
const paymentEvents = [paymentAuthorized, paymentCaptured, paymentDeclined, paymentCancelled];

/** Subscribes the payment saga, the order summaries and webhooks to the events of orders and payments. */
export function orderSubscriptions({ saga, summaries, webhooks }: OrderSubscriptionsDeps): Subscription[] {
  const registerWebhook = <Payload extends { customerId: string }>(
    definition: EventDefinition<Payload>,
    type: string,
  ) =>
    webhooks.registerEventType({
      definition,
      type,
      ownerOf: ({ customerId }) => customerId,
      toPayload: ({ payload }) => payload,
    });
  return [
    on(orderPlaced, sagaConsumer, ({ payload }) => saga.placed(payload)),
    on(orderCancelled, sagaConsumer, ({ payload }) => saga.cancelled(payload)),
    on(paymentAuthorized, sagaConsumer, ({ payload }) => saga.authorized(payload)),
    on(paymentCaptured, sagaConsumer, ({ payload }) => saga.captured(payload)),
    on(paymentDeclined, sagaConsumer, ({ payload }) => saga.declined(payload)),
    on(paymentCancelled, sagaConsumer, ({ payload }) => saga.reversed(payload)),
    // Subscribe the summaries after the saga, so that a summary includes the changes that the saga made.
    ...orderEvents.map((event) =>
      on(event, summariesConsumer, ({ aggregateId }) => summaries.project(aggregateId)),
    ),
    ...paymentEvents.map((event) =>
      on(event, summariesConsumer, ({ aggregateId }) => summaries.project(aggregateId)),
    ),
    registerWebhook(orderPlaced, 'order.placed'),
    registerWebhook(orderPaid, 'order.paid'),
    registerWebhook(orderShipped, 'order.shipped'),
    registerWebhook(orderDelivered, 'order.delivered'),
    registerWebhook(orderCancelled, 'order.cancelled'),
    registerWebhook(orderRefunded, 'order.refunded'),
  ];
}
