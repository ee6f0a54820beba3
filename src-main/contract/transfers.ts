import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operationId, planId } from '../common/ids.ts';
import { manifestReference, repositoryPlace, tagName } from '../common/place.ts';
import {
  copyOptions,
  copyPlan,
  planItem,
  savedTransfer,
  syncDefinition,
  syncPlanning,
  verdict,
} from '../common/transfer.ts';
import { count } from '../common/units.ts';
import { procedure } from './base.ts';

export const transfers = {
  plan: procedure
    .input(
      z.object({
        source: repositoryPlace.extend({ reference: manifestReference }),
        target: repositoryPlace.extend({ tag: tagName }),
        options: copyOptions.prefault({}),
      }),
    )
    .output(copyPlan),
  /** Lists and compares; touches nothing. Ends with the plan, which is kept for 15 minutes. */
  planSync: procedure.input(syncDefinition).output(eventIterator(syncPlanning)),
  /** The items of a kept synchronisation plan, in order. */
  planItems: procedure
    .input(
      z.object({
        planId,
        verdict: verdict.optional(),
        offset: count,
        limit: z.number().int().min(1).max(1000),
      }),
    )
    .output(z.object({ items: z.array(planItem), total: count })),
  /** Starts a confirmed plan and returns at once; `planStale` when the source or target tag of a copy moved since. */
  start: procedure
    .input(z.object({ planId, savedId: z.uuid().optional() }))
    .output(z.object({ operationId })),
  /** Saved synchronisations, by name. */
  saved: procedure.output(z.array(savedTransfer)),
  /** Saved ones that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadableSaved: procedure.output(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** Adds one, or changes the one with this id. */
  save: procedure
    .input(
      z.object({
        id: z.uuid().optional(),
        name: z.string().trim().min(1).max(100),
        definition: syncDefinition,
      }),
    )
    .output(savedTransfer),
  removeSaved: procedure.input(z.object({ id: z.uuid() })).output(z.void()),
};
