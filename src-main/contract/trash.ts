import { trashEmptying, trashEntries, trashPage, trashUsage } from '../common/trash.ts';
import { procedure } from './base.ts';

/** What is kept so that changes can be taken back, also after a registry's garbage collection. */
export const trash = {
  usage: procedure.output(trashUsage),
  /** By operation, the newest first. */
  entries: procedure.input(trashPage).output(trashEntries),
  /** Answers what is left: what an operation under way may need stays. */
  empty: procedure.input(trashEmptying).output(trashUsage),
};
