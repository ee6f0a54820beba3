import { z } from 'zod';

/** One change of a deletion. */
export const deletionStep = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('deleteTag'),
    tag: z.string(),
    digest: z.string(),
    /** Other tags of the digest, which must stay. */
    siblings: z.array(z.string()).exactOptional(),
    /** Id of the placeholder that takes it along. */
    placeholder: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('deleteManifest'),
    digest: z.string(),
    tags: z.array(z.string()),
    /** What the registry deletes along with it by itself. */
    takes: z.array(z.object({ digest: z.string(), tags: z.array(z.string()) })).exactOptional(),
  }),
]);
export type DeletionStep = z.infer<typeof deletionStep>;
