import { acknowledgedOrdersExist } from './acknowledged-orders-exist.ts';
import { capturedAtMostOnce } from './captured-at-most-once.ts';
import { eventsDeliveredOnceInOrder } from './events-delivered-once-in-order.ts';
import { failuresAreLoggedOnce } from './failures-are-logged-once.ts';
import { failuresHaveNoEffect } from './failures-have-no-effect.ts';
import { guessesAreCountedFirst } from './guesses-are-counted-first.ts';
import type { Invariant } from './invariant.ts';
import { leasesAreFenced } from './leases-are-fenced.ts';
import { logoutIsFinal } from './logout-is-final.ts';
import { noProcessDiesByItself } from './no-process-dies-by-itself.ts';
import { noRequestWaits } from './no-request-waits.ts';
import { oneEffectPerKey } from './one-effect-per-key.ts';
import { ordersAreWhole } from './orders-are-whole.ts';
import { projectionsEqualARebuild } from './projections-equal-a-rebuild.ts';
import { quietWithinAMinute } from './quiet-within-a-minute.ts';
import { refreshTokensHaveOneSuccessor } from './refresh-tokens-have-one-successor.ts';
import { stockAddsUp } from './stock-adds-up.ts';
import { versionsWithoutGaps } from './versions-without-gaps.ts';

/** All invariants, by number. */
export const invariants: readonly Invariant[] = [
  acknowledgedOrdersExist,
  failuresHaveNoEffect,
  oneEffectPerKey,
  stockAddsUp,
  capturedAtMostOnce,
  ordersAreWhole,
  versionsWithoutGaps,
  eventsDeliveredOnceInOrder,
  leasesAreFenced,
  projectionsEqualARebuild,
  logoutIsFinal,
  refreshTokensHaveOneSuccessor,
  guessesAreCountedFirst,
  noRequestWaits,
  quietWithinAMinute,
  failuresAreLoggedOnce,
  noProcessDiesByItself,
];
