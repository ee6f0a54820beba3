import { operationRef } from '../common/operation.ts';
import { plan, planConfirmation, planItems, planItemsRequest, planRef } from '../common/plan.ts';
import { procedure } from './base.ts';

/** Plans of every kind, made by the procedures of their features and kept for 15 minutes; each can be started once. */
export const plans = {
  get: procedure.input(planRef).output(plan),
  /** Its lines in order. */
  items: procedure.input(planItemsRequest).output(planItems),
  /**
   * Starts a confirmed plan and returns at once; follow it in `operations.watch`. Answers `consentNeeded` without consent where
   * the plan needs it, `nameNeeded` without the name that it asks for, `readOnly` and `dryRun` where that is locked, and `planStale`
   * when the registry is not as the plan says any more.
   */
  start: procedure.input(planConfirmation).output(operationRef),
};
