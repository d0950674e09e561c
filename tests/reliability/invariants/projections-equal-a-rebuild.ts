import type { Evidence } from '../evidence.ts';
import type { Invariant } from './invariant.ts';

async function readSummaries({ query }: Evidence): Promise<Map<string, string>> {
  const rows = await query<{ id: string; text: string }>(
    `SELECT s.id, (to_jsonb(s) - 'generation')::text AS text FROM order_summaries s
     JOIN projections p ON p.name = 'order_summaries' AND p.live_generation = s.generation`,
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}

export const projectionsEqualARebuild: Invariant = {
  number: '9',
  promise: 'read models equal a rebuild from zero',
  check: async (evidence) => {
    const live = await readSummaries(evidence);
    await evidence.rebuildProjections();
    const rebuilt = await readSummaries(evidence);
    const ids = new Set([...live.keys(), ...rebuilt.keys()]);
    const violations = [...ids]
      .filter((id) => live.get(id) !== rebuilt.get(id))
      .map(
        (id) =>
          `order ${id} is ${live.get(id) ?? 'missing'}, but a rebuild makes it ${rebuilt.get(id) ?? 'missing'}`,
      );
    return { checked: ids.size, violations };
  },
};
