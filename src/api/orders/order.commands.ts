import type { Command } from '../../module.ts';
import type { Infer } from '../../core/schema.ts';
import type { MoveOrder } from './commands/move-order.ts';
import { rebuildSummaries } from './order-summary.rebuild.ts';
import type { OrderSummaryRepository } from './order-summary.repository.ts';
import { orderParams } from './order.validation.ts';

interface OrderCommandsDeps {
  readonly moveOrder: MoveOrder;
  readonly summaries: OrderSummaryRepository;
}

/** Returns the command-line commands of the module. The commands act on the orders of every customer. */
export const orderCommands = ({
  moveOrder,
  summaries,
}: OrderCommandsDeps): Readonly<Record<string, Command>> => ({
  'order:cancel': {
    summary: 'Cancel an order that has not been shipped, and return its stock',
    options: { id: 'the id of the order' },
    run: async ({ id }) => {
      const result = orderParams.validate({ id }, { convert: false, errors: { label: 'path' } });
      if (result.error !== undefined)
        throw new Error(`${result.error.message}. Set --id to the id of an order.`);
      const valid: Infer<typeof orderParams> = result.value;
      const { order } = await moveOrder.cancel(valid.id, 'anyone');
      return `Cancelled ${order.id}.`;
    },
  },
  'projections:rebuild': {
    summary: 'Rebuild the read models; the current ones are served until the new ones are complete',
    options: {},
    run: async () => {
      await rebuildSummaries(summaries);
      return 'Rebuilt order_summaries.';
    },
  },
});
