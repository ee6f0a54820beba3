import { initial } from './0001-initial.ts';
import { transfers } from './0002-transfers.ts';
import { stops } from './0003-stops.ts';
import { manifestPlaces } from './0004-manifest-places.ts';
import { auditRows } from './0005-audit-rows.ts';
import { summaries } from './0006-summaries.ts';
import { contentSize } from './0007-content-size.ts';
import { plans } from './0008-plans.ts';
import { stepStates } from './0009-step-states.ts';
import { collected } from './0010-collected.ts';
import { current } from './0011-current.ts';
import { trashTotals } from './0012-trash-totals.ts';
import { cleanupRules } from './0013-cleanup-rules.ts';
import { auditEntries } from './0014-audit-entries.ts';
import { savedComparisons } from './0015-saved-comparisons.ts';
import { unfinishedLooks } from './0016-unfinished-looks.ts';
import { unfinishedReading } from './0017-unfinished-reading.ts';

/** In order; the database's `user_version` counts those it has had. */
export const migrations: readonly string[] = [
  initial,
  transfers,
  stops,
  manifestPlaces,
  auditRows,
  summaries,
  contentSize,
  plans,
  stepStates,
  collected,
  current,
  trashTotals,
  cleanupRules,
  auditEntries,
  savedComparisons,
  unfinishedLooks,
  unfinishedReading,
];
