import type { Invariant } from './invariant.ts';

interface Move {
  readonly what: string;
  readonly id: string;
  readonly process: string | null;
  readonly status: string;
  readonly holder: string | null;
}

export const leasesAreFenced: Invariant = {
  number: '8b',
  promise: 'only the holder of a lease completes an event or job, and a completed one stays completed',
  check: async ({ query }) => {
    const [row] = await query<{ count: number }>('SELECT count(*)::int AS count FROM rig_moves');
    // The holder of a lease is the process whose change set the lease token. Another process must not complete the
    // event or job.
    const unauthorized = await query<Move>(
      `SELECT m.what, m.id, m.process, m.to_status AS status, h.process AS holder
       FROM rig_moves m JOIN LATERAL (
         SELECT process FROM rig_moves b WHERE b.id = m.id AND b.to_token = m.from_token
         ORDER BY b.position DESC LIMIT 1) h ON true
       WHERE m.from_status IN ('leased', 'running') AND m.to_token IS NULL AND m.process IS DISTINCT FROM h.process`,
    );
    const undone = await query<Move>(
      `SELECT what, id, process, to_status AS status, NULL AS holder FROM rig_moves WHERE from_status IN ('done', 'skipped')`,
    );
    const nameOf = ({ what, id }: Move): string => `${id} of ${what}`;
    return {
      checked: row?.count ?? 0,
      violations: [
        ...unauthorized.map(
          (move) =>
            `${nameOf(move)}, leased by ${move.holder ?? ''}, was set to ${move.status} by ${move.process ?? ''}`,
        ),
        ...undone.map(
          (move) => `${nameOf(move)} was completed and set to ${move.status} by ${move.process ?? ''}`,
        ),
      ],
    };
  },
};
