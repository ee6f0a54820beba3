import { eventIterator } from '@orpc/contract';
import {
  cleanupPlanning,
  cleanupPlanRequest,
  cleanupPreview,
  cleanupPreviewRequest,
  cleanupVersion,
  savedCleanup,
  savedCleanupDraft,
  savedCleanupRef,
  savedCleanupsOf,
} from '../common/cleanup-run.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

/** Rules that clean up a registry. Their text is YAML, of the shape in common/cleanup.ts; one that cannot be read is `invalidInput`. */
export const cleanup = {
  /** Saved rules of an account's registry, by name. */
  saved: procedure.input(savedCleanupsOf).output(savedCleanup.array()),
  /** What they said, the latest first. */
  versions: procedure.input(savedCleanupRef).output(cleanupVersion.array()),
  /** Adds some, or changes those with this id: another text is another version. `invalidInput` also for a name that others have. */
  save: procedure.input(savedCleanupDraft).output(savedCleanup),
  remove: procedure.input(savedCleanupRef).output(nothing),
  /** Those with a schedule, and each again whenever its run by schedule began or ended. */
  watch: procedure.output(eventIterator(savedCleanup)),
  /** What rules would decide by what is known; asks no registry. */
  preview: procedure.input(cleanupPreviewRequest).output(eventIterator(cleanupPreview)),
  /** Looks through the registry and at what would go; touches nothing. Ends with the plan, which the user confirms. */
  plan: procedure.input(cleanupPlanRequest).output(eventIterator(cleanupPlanning)),
};
