import { z } from 'zod';

/** Of every change of a deletion. */
const common = {
  /** Where the operation is about one repository, that is it. */
  repository: z.string().exactOptional(),
  /** Why it goes, in the words of whoever chose it: each reason once. */
  reasons: z.array(z.string()).exactOptional(),
};

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
    ...common,
  }),
  z.object({
    kind: z.literal('deleteManifest'),
    digest: z.string(),
    tags: z.array(z.string()),
    /** What the registry deletes along with it by itself. */
    takes: z.array(z.object({ digest: z.string(), tags: z.array(z.string()) })).exactOptional(),
    /** Digests of what has to be gone before. */
    after: z.array(z.string()).exactOptional(),
    /** Digests of what is attached to it and stays. */
    attached: z.array(z.string()).exactOptional(),
    ...common,
  }),
]);
export type DeletionStep = z.infer<typeof deletionStep>;
