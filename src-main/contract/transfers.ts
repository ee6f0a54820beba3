import { z } from 'zod';
import {
  byteCount,
  digest,
  instant,
  manifestReference,
  operationId,
  planId,
  procedure,
  repositoryPlace,
  tagName,
} from './base.ts';

/** What a copy would do. A retag is a copy within one repository. */
const copyPlan = z.object({
  id: planId,
  kind: z.enum(['copy', 'retag']),
  source: repositoryPlace.extend({ host: z.string(), reference: manifestReference }),
  target: repositoryPlace.extend({ host: z.string(), tag: tagName }),
  digest,
  mediaType: z.string(),
  /** What the target tag points at now; the tag moves away from it. */
  replaces: digest.optional(),
  /** The target tag points at this digest already: nothing is to be done. */
  unchanged: z.boolean(),
  manifests: z.number().int(),
  blobs: z.object({
    present: z.object({ count: z.number().int(), bytes: byteCount }),
    /** Same registry, other repository: mounted if the registry agrees, else sent. */
    mount: z.object({ count: z.number().int(), bytes: byteCount }),
    send: z.object({ count: z.number().int(), bytes: byteCount }),
  }),
  made: instant,
});
export type CopyPlan = z.infer<typeof copyPlan>;

export const transfers = {
  plan: procedure
    .input(
      z.object({
        source: repositoryPlace.extend({ reference: manifestReference }),
        target: repositoryPlace.extend({ tag: tagName }),
      }),
    )
    .output(copyPlan),
  /** Starts a confirmed plan and returns at once; `planStale` when the source or target tag moved since. */
  start: procedure.input(z.object({ planId })).output(z.object({ operationId })),
};
