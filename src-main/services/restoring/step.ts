import { z } from 'zod';

/** One or several tags of a repository that go back together, or a manifest without tags. */
export const restoreStep = z.object({
  /** Absent in steps of earlier versions: it is the subject's. */
  repository: z.string().exactOptional(),
  /** What they will point at; null: they are deleted. */
  digest: z.string().nullable(),
  tags: z.array(z.string()),
  /** What it needs is brought back by steps of lower levels: those of one level go at the same time. */
  level: z.number().int().default(0),
  /** What they point at since the operation; null: they are not there. */
  leaves: z.string().nullable().default(null),
  /** Of tags that are deleted: others of their digest, which must stay. */
  siblings: z.array(z.string()).exactOptional(),
  /** Id of the placeholder that takes them along, where the registry deletes by digest only. */
  placeholder: z.string().exactOptional(),
});
export type RestoreStep = z.infer<typeof restoreStep>;
