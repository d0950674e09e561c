import { defineModule } from '../../core/module.ts';
import { productsModule } from '../products/index.ts';
import { demoUsers, usersModule } from '../users/index.ts';
import { CreateOrders1763700004000 } from './migrations/1763700004000-create-orders.ts';
import { EncryptShippingAddresses1763735000000 } from './migrations/1763735000000-encrypt-shipping-addresses.ts';
import { OrderItem } from './order-item.model.ts';
import { OrderController } from './order.controller.ts';
import { OrderRow, shippingAddressColumn } from './order.model.ts';
import { OrderRepository } from './order.repository.ts';
import { orderRoutes } from './order.routes.ts';
import { seedOrders } from './order.seed.ts';
import { OrderService } from './order.service.ts';
import { toOrderView } from './order.view.ts';

// Orders from being placed to being delivered or cancelled.
// Promises that an order and its stock change together, and that repeating a request does not order twice.

const whole = ['orders:place', 'orders:read-any', 'orders:manage'];

export const ordersModule = defineModule({
  name: 'orders',
  path: '/orders',
  entities: [OrderRow, OrderItem],
  migrations: [CreateOrders1763700004000, EncryptShippingAddresses1763735000000],
  encryptedColumns: [shippingAddressColumn],
  permissions: {
    'orders:place': 'Place orders',
    'orders:read-any': 'Read the orders of everyone',
    'orders:manage': 'Ship, deliver and cancel any order',
  },
  grants: { user: ['orders:place'], manager: whole, admin: whole },
  create: ({ db, clock, ids, cipher, use }) => {
    const users = use(usersModule);
    const stock = use(productsModule);
    const orders = new OrderRepository(db, cipher);
    const { transaction } = db;
    const service = new OrderService({ orders, users, stock, transaction, clock, ids });
    return {
      api: {},
      routes: orderRoutes(new OrderController(service)),
      personalData: {
        exportFor: async (userId) => (await orders.listAllOf(userId)).map(toOrderView),
        eraseFor: (userId) => orders.eraseAddressesOf(userId),
      },
      seed: async () => {
        const customers = await Promise.all(demoUsers.map(({ email }) => users.findByEmail(email)));
        const customerIds = customers.flatMap((user) => (user === null ? [] : [user.id]));
        const productIds = await stock.plentiful(20);
        return seedOrders({ orders, service, stock, transaction, clock, customerIds, productIds });
      },
    };
  },
});
