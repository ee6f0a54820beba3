import { eventIterator } from '@orpc/contract';
import { plan } from '../common/plan.ts';
import {
  copiesRequest,
  copyPlan,
  countedTags,
  countRequest,
  narrowedPlan,
  savedTransfer,
  savedTransferDraft,
  savedTransferRef,
  syncPlanning,
  syncRequest,
  unreadableTransfer,
} from '../common/transfer.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

export const transfers = {
  /** One plan however many copies there are. Within one repository it is a retag. */
  planCopies: procedure.input(copiesRequest).output(copyPlan),
  /** Lists and compares; touches nothing. Ends with the plan. */
  planSync: procedure.input(syncRequest).output(eventIterator(syncPlanning)),
  /** Makes a plan of the same kind with fewer items; no registry is asked. `planStale` where what was found for it is not at hand any more. */
  narrow: procedure.input(narrowedPlan).output(plan),
  /** Counts the tags of each repository, in no order: from the inventory first; the registry is asked for what is unknown there. */
  countTags: procedure.input(countRequest).output(eventIterator(countedTags)),
  /** Saved synchronisations, by name. */
  saved: procedure.output(savedTransfer.array()),
  unreadableSaved: procedure.output(unreadableTransfer.array()),
  /** Adds one, or changes the one with this id. */
  save: procedure.input(savedTransferDraft).output(savedTransfer),
  removeSaved: procedure.input(savedTransferRef).output(nothing),
};
