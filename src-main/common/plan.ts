import { z } from 'zod';
import { operationId, planId } from './ids.ts';
import { count, instant, page } from './units.ts';

/** What an operation would do, whatever its kind. Pure data: nothing was changed to make it. */
export const plan = z.object({
  id: planId,
  /** Name of the kind of operation that it becomes. */
  kind: z.string(),
  made: instant,
  /** As the operation will have it. */
  subject: z.looseObject({ kind: z.string() }),
  /** The kind's. */
  summary: z.unknown(),
  /** More would or may go or break than was asked for: it is not started without `consent`. */
  needsConsent: z.boolean(),
  /** So much would go that this has to be typed: it is not started without. */
  typed: z.string().exactOptional(),
  /** The operation that it takes back. */
  undoes: operationId.exactOptional(),
  /** Numbers of its lines, which are read apart. */
  items: z.object({ total: count, by: z.record(z.string(), count) }),
});
export type Plan = z.infer<typeof plan>;

/** One line of a plan, with the kind's own fields. */
const planItem = z.looseObject({
  number: z.number().int(),
  /** What becomes of it, in the kind's words; `plan.items.by` counts these. */
  state: z.string(),
});
export type PlanItem = z.infer<typeof planItem>;

export const planRef = z.object({ planId });

/** With `state` only those lines. */
export const planItemsRequest = planRef.extend({ state: z.string().optional(), ...page.shape });

export const planItems = z.object({ items: z.array(planItem), total: count });

export const planConfirmation = planRef.extend({
  consent: z.boolean().default(false),
  /** What goes, or is overwritten, is kept whole, blobs too, before that; else what is deleted as the settings say. */
  keepContent: z.boolean().optional(),
  /** What was typed where the plan asks for it. */
  typed: z.string().max(1000).optional(),
});
