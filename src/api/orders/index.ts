import { on, type EventDefinition } from '../../events/events.ts';
import { defineJob, handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { object } from '../../core/schema.ts';
import { mapEach } from '../../utils/map-each.ts';
import {
  paymentAuthorized,
  paymentCancelled,
  paymentCaptured,
  paymentDeclined,
  paymentsModule,
} from '../payments/index.ts';
import { productsModule } from '../products/index.ts';
import { demoUsers, usersModule } from '../users/index.ts';
import { webhooksModule } from '../webhooks/index.ts';
import { CreateOrders1763700004000 } from './migrations/1763700004000-create-orders.ts';
import { CreateOrderSagas1763745000000 } from './migrations/1763745000000-create-order-sagas.ts';
import { EncryptShippingAddresses1763735000000 } from './migrations/1763735000000-encrypt-shipping-addresses.ts';
import { MoveOrder } from './commands/move-order.ts';
import { PlaceOrder } from './commands/place-order.ts';
import { OrderItem } from './order-item.model.ts';
import { orderCommands } from './order.commands.ts';
import { OrderController } from './order.controller.ts';
import { OrderRow, shippingAddressColumn } from './order.model.ts';
import { OrderRepository } from './order.repository.ts';
import { orderRoutes } from './order.routes.ts';
import { seedOrders } from './order.seed.ts';
import { OrderSaga } from './order.saga.ts';
import { OrderSagaRow } from './order-saga.model.ts';
import { OrderSagaRepository } from './order-saga.repository.ts';
import { OrderSummary, Projection } from './order-summary.model.ts';
import { rebuildSummaries } from './order-summary.rebuild.ts';
import { OrderSummaryRepository } from './order-summary.repository.ts';
import {
  orderCancelled,
  orderDelivered,
  orderEvents,
  orderPaid,
  orderPlaced,
  orderRefunded,
  orderShipped,
} from './order.events.ts';
import { toOrderView } from './order.view.ts';
import { ReadOrders } from './queries/read-orders.ts';

// Orders from being placed to being delivered or cancelled.
// Promises that an order and its stock change together, that repeating a request does not order twice, and that its
// payment comes to an end: paid, or everything undone. Commands change orders, queries read them, the saga gets them paid.

const expireOrders = defineJob({
  name: 'orders.expire',
  schema: object({}),
  cron: '* * * * *',
  maxAttempts: 1,
});

const allPermissions = ['orders:place', 'orders:read-any', 'orders:manage'];

export const ordersModule = defineModule({
  name: 'orders',
  path: '/orders',
  entities: [OrderRow, OrderItem, OrderSagaRow, OrderSummary, Projection],
  migrations: [
    CreateOrders1763700004000,
    EncryptShippingAddresses1763735000000,
    CreateOrderSagas1763745000000,
  ],
  encryptedColumns: [shippingAddressColumn],
  events: orderEvents,
  permissions: {
    'orders:place': 'Place orders',
    'orders:read-any': 'Read the orders of everyone',
    'orders:manage': 'Ship, deliver and cancel any order',
  },
  grants: { user: ['orders:place'], manager: allPermissions, admin: allPermissions },
  create: ({ db, clock, ids, logger, cipher, events, use }) => {
    const users = use(usersModule);
    const stock = use(productsModule);
    const payments = use(paymentsModule);
    const webhooks = use(webhooksModule);
    const orders = new OrderRepository(db, cipher);
    const sagas = new OrderSagaRepository(db);
    const summaries = new OrderSummaryRepository(db);
    const { transaction } = db;
    const placeOrder = new PlaceOrder({ orders, users, stock, events, transaction, clock, ids });
    const moveOrder = new MoveOrder({ orders, stock, events, transaction, clock });
    const queries = new ReadOrders({ orders, sagas, summaries });
    const saga = new OrderSaga({ orders, sagas, moveOrder, payments, transaction, logger });
    const [paying, summarizing] = ['orders.saga', 'orders.summaries'];
    const paymentEvents = [paymentAuthorized, paymentCaptured, paymentDeclined, paymentCancelled];
    const offer = <Payload extends { customerId: string }>(
      definition: EventDefinition<Payload>,
      type: string,
    ) =>
      webhooks.registerEventType({
        definition,
        type,
        ownerOf: ({ customerId }) => customerId,
        toPayload: ({ payload }) => payload,
      });
    return {
      api: {},
      routes: orderRoutes(new OrderController(placeOrder, moveOrder, queries)),
      subscriptions: [
        on(orderPlaced, paying, ({ payload }) => saga.placed(payload)),
        on(orderCancelled, paying, ({ payload }) => saga.cancelled(payload)),
        on(paymentAuthorized, paying, ({ payload }) => saga.authorized(payload)),
        on(paymentCaptured, paying, ({ payload }) => saga.captured(payload)),
        on(paymentDeclined, paying, ({ payload }) => saga.declined(payload)),
        on(paymentCancelled, paying, ({ payload }) => saga.reversed(payload)),
        // After the saga, so that the copy shows what that has done.
        ...orderEvents.map((event) =>
          on(event, summarizing, ({ aggregateId }) => summaries.project(aggregateId)),
        ),
        ...paymentEvents.map((event) =>
          on(event, summarizing, ({ aggregateId }) => summaries.project(aggregateId)),
        ),
        offer(orderPlaced, 'order.placed'),
        offer(orderPaid, 'order.paid'),
        offer(orderShipped, 'order.shipped'),
        offer(orderDelivered, 'order.delivered'),
        offer(orderCancelled, 'order.cancelled'),
        offer(orderRefunded, 'order.refunded'),
      ],
      jobs: [handle(expireOrders, () => saga.expire())],
      commands: {
        ...orderCommands(moveOrder),
        'projections:rebuild': {
          summary: 'Build the lists that are kept for reading anew, while the old ones are read',
          options: {},
          run: async () => {
            await rebuildSummaries(summaries);
            return 'Built anew: order_summaries.';
          },
        },
      },
      purge: (limit) => summaries.purge(limit),
      personalData: {
        exportFor: async (userId) => mapEach(orders.readAllOf(userId), toOrderView),
        eraseInBatches: (userId) => orders.eraseAddressesInBatches(userId),
        eraseFor: (userId) => orders.eraseAddressesOf(userId),
      },
      seed: async () => {
        const customers = await Promise.all(demoUsers.map(({ email }) => users.findByEmail(email)));
        const customerIds = customers.flatMap((user) => (user === null ? [] : [user.id]));
        const productIds = await stock.findInStock(20);
        const line = await seedOrders({
          orders,
          placeOrder,
          stock,
          transaction,
          clock,
          customerIds,
          productIds,
        });
        await rebuildSummaries(summaries);
        return line;
      },
    };
  },
});
