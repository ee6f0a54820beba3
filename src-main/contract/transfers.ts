import { eventIterator } from '@orpc/contract';
import {
  copiesRequest,
  copyPlan,
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
  /** Saved synchronisations, by name. */
  saved: procedure.output(savedTransfer.array()),
  unreadableSaved: procedure.output(unreadableTransfer.array()),
  /** Adds one, or changes the one with this id. */
  save: procedure.input(savedTransferDraft).output(savedTransfer),
  removeSaved: procedure.input(savedTransferRef).output(nothing),
};
