import type { Command } from '../../module.ts';
import type { Infer } from '../../core/schema.ts';
import type { MoveOrder } from './commands/move-order.ts';
import { orderParams } from './order.validation.ts';

export const orderCommands = (moveOrder: MoveOrder): Readonly<Record<string, Command>> => ({
  'order:cancel': {
    summary: 'Cancel an order that has not left, and return its stock',
    options: { id: 'the id of the order' },
    run: async ({ id }) => {
      const result = orderParams.validate({ id }, { convert: false, errors: { label: 'path' } });
      if (result.error !== undefined)
        throw new Error(`${result.error.message}. Give --id with the id of an order.`);
      const valid: Infer<typeof orderParams> = result.value;
      const { order } = await moveOrder.cancel(valid.id, 'anyone');
      return `Cancelled ${order.id}.`;
    },
  },
});
