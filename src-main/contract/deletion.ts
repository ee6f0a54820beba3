import { z } from 'zod';
import { deletionPlan } from '../common/deletion.ts';
import { repositoryPlace, tagName } from '../common/place.ts';
import { procedure } from './base.ts';

export const deletion = {
  /** What would go, and what shares its digest; touches nothing. The user confirms this plan. */
  plan: procedure
    .input(
      repositoryPlace.extend({
        tags: z.array(tagName).min(1).max(10_000),
        /** What is attached to what goes is deleted with it. */
        attached: z.boolean().default(false),
        /** Tags that must stay whole, whatever is consented to. */
        kept: z.array(z.string().max(255)).default([]),
      }),
    )
    .output(deletionPlan),
};
