import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { mapEach } from '../../utils/map-each.ts';
import { paymentsModule } from '../payments/index.ts';
import { productsModule } from '../products/index.ts';
import { usersModule } from '../users/index.ts';
import { webhooksModule } from '../webhooks/index.ts';
import { CreateOrders1763700004000 } from './migrations/1763700004000-create-orders.ts';
import { CreateOrderSagas1763745000000 } from './migrations/1763745000000-create-order-sagas.ts';
import { DeferProductOfOrderItems1763750400000 } from './migrations/1763750400000-defer-product-of-order-items.ts';
import { EncryptShippingAddresses1763735000000 } from './migrations/1763735000000-encrypt-shipping-addresses.ts';
import { MoveOrder } from './commands/move-order.ts';
import { PlaceOrder } from './commands/place-order.ts';
import { OrderItem } from './order-item.model.ts';
import { orderCommands } from './order.commands.ts';
import { OrderController } from './order.controller.ts';
import { orderEvents } from './order.events.ts';
import { expireOrders } from './order.jobs.ts';
import { OrderRow, shippingAddressColumn } from './order.model.ts';
import { OrderRepository } from './order.repository.ts';
import { orderRoutes } from './order.routes.ts';
import { OrderSaga } from './order.saga.ts';
import { seedOrders } from './order.seed.ts';
import { OrderService } from './order.service.ts';
import { orderSubscriptions } from './order.subscriptions.ts';
import { OrderSagaRow } from './order-saga.model.ts';
import { OrderSagaRepository } from './order-saga.repository.ts';
import { OrderSummary, Projection } from './order-summary.model.ts';
import { OrderSummaryRepository } from './order-summary.repository.ts';
import { toOrderView } from './order.view.ts';
import { ReadOrders } from './queries/read-orders.ts';

// Orders, from placement to delivery or cancellation.
// An order and its stock change together, a repeated request does not order twice, and every payment is either captured
// or undone. Commands change orders, queries read them, and the saga drives their payment.

const allPermissions = ['orders:place', 'orders:read-any', 'orders:manage'];

export const ordersModule = defineModule({
  name: 'orders',
  path: '/orders',
  entities: [OrderRow, OrderItem, OrderSagaRow, OrderSummary, Projection],
  migrations: [
    CreateOrders1763700004000,
    EncryptShippingAddresses1763735000000,
    CreateOrderSagas1763745000000,
    DeferProductOfOrderItems1763750400000,
  ],
  encryptedColumns: [shippingAddressColumn],
  events: orderEvents,
  permissions: {
    'orders:place': 'Place orders',
    'orders:read-any': 'Read the orders of every customer',
    'orders:manage': 'Ship, deliver and cancel any order',
  },
  grants: { user: ['orders:place'], manager: allPermissions, admin: allPermissions },
  create: ({ db, clock, ids, logger, cipher, events, use }) => {
    const users = use(usersModule);
    const { stock } = use(productsModule);
    const payments = use(paymentsModule);
    const webhooks = use(webhooksModule);
    const orders = new OrderRepository(db, cipher);
    const sagas = new OrderSagaRepository(db);
    const summaries = new OrderSummaryRepository(db);
    const { transaction } = db;
    const placeOrder = new PlaceOrder({ orders, users, stock, events, transaction, clock, ids });
    const moveOrder = new MoveOrder({ orders, stock, events, transaction, clock });
    const queries = new ReadOrders({ orders, sagas, summaries });
    const service = new OrderService({ placeOrder, moveOrder, queries });
    const saga = new OrderSaga({ orders, sagas, moveOrder, payments, transaction, logger });
    return {
      api: {},
      routes: orderRoutes(new OrderController(service)),
      subscriptions: orderSubscriptions({ saga, summaries, webhooks }),
      jobs: [handle(expireOrders, () => saga.expire())],
      commands: orderCommands({ moveOrder, summaries }),
      purge: (limit) => summaries.purge(limit),
      personalData: {
        exportFor: async (userId) => mapEach(orders.readAllOf(userId), toOrderView),
        eraseInBatches: (userId) => orders.eraseAddressesInBatches(userId),
        eraseFor: (userId) => orders.eraseAddressesOf(userId),
      },
      seed: () => seedOrders({ orders, summaries, placeOrder, stock, users, transaction, clock }),
    };
  },
});
