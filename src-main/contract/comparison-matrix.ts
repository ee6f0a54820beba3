import { eventIterator } from '@orpc/contract';
import {
  driftPage,
  driftRequest,
  matrixBytes,
  matrixCounts,
  matrixCountsRequest,
  matrixLooking,
  matrixLookRequest,
  matrixPicked,
  matrixReading,
  matrixRows,
  matrixRowsRequest,
  matrixUnread,
  savedComparison,
  savedComparisonDraft,
  savedComparisonRef,
  unreadableComparison,
} from '../common/comparison-matrix.ts';
import { copyPlan } from '../common/transfer.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

/** Registries and repositories compared tag by tag, two sides or more: the first side is the left one of each pair. */
export const comparisonMatrix = {
  /** Brings what is not known of the sides, and reports how far it is; whoever stops listening stops it where it is. */
  look: procedure.input(matrixLookRequest).output(eventIterator(matrixLooking)),
  /** By what is known, as everything below but `read` and plans: no registry is asked. */
  rows: procedure.input(matrixRowsRequest).output(matrixRows),
  counts: procedure.input(matrixCountsRequest).output(matrixCounts),
  bytes: procedure.input(matrixPicked).output(matrixBytes),
  unread: procedure.input(matrixPicked).output(matrixUnread),
  /** Reads what `unread` counts, with the configurations, and reports how far it is; whoever stops listening stops it. */
  read: procedure.input(matrixPicked).output(eventIterator(matrixReading)),
  /** Plans a copy of these rows from the first side to the other one; what is at the other side alone stays. */
  planCopies: procedure.input(matrixPicked).output(copyPlan),
  /** Saved comparisons, by name. */
  saved: procedure.output(savedComparison.array()),
  unreadableSaved: procedure.output(unreadableComparison.array()),
  /** Adds one, or changes the one with this id. `invalidInput` for a name that another one has. */
  save: procedure.input(savedComparisonDraft).output(savedComparison),
  removeSaved: procedure.input(savedComparisonRef).output(nothing),
  /** Looks at all sides now, and keeps how they are. `busy` while another process does. */
  runSaved: procedure.input(savedComparisonRef).output(savedComparison),
  /** What has changed between the last two looks. */
  drift: procedure.input(driftRequest).output(driftPage),
  /** All that are saved, then each again whenever a look at it began or ended. */
  watch: procedure.output(eventIterator(savedComparison)),
};
