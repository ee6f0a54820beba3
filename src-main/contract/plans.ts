import { z } from 'zod';
import { operationId, planId } from '../common/ids.ts';
import { plan, planItem } from '../common/plan.ts';
import { count } from '../common/units.ts';
import { procedure } from './base.ts';

/** Plans of every kind, made by the procedures of their features and kept for 15 minutes; each can be started once. */
export const plans = {
  get: procedure.input(z.object({ planId })).output(plan),
  /** Its lines in order; with `state` only these. */
  items: procedure
    .input(
      z.object({
        planId,
        state: z.string().optional(),
        offset: count,
        limit: z.number().int().min(1).max(1000),
      }),
    )
    .output(z.object({ items: z.array(planItem), total: count })),
  /**
   * Starts a confirmed plan and returns at once; follow it in `operations.watch`. Answers `consentNeeded` without consent where
   * the plan needs it, and `planStale` when the registry is not as the plan says any more.
   */
  start: procedure
    .input(z.object({ planId, consent: z.boolean().default(false) }))
    .output(z.object({ operationId })),
};
