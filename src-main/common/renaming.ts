import { z } from 'zod';
import { WAYS_ALONE } from '../engine/vocabulary/deletion.ts';
import { digest, place, repositoryPlace, tagName } from './place.ts';
import { plan } from './plan.ts';

/** A tag gets another name: the new one points at what the old one did, which is deleted alone. */
export const renameSubject = z.object({
  kind: z.literal('rename'),
  place,
  from: tagName,
  to: tagName,
  digest,
});
export type RenameSubject = z.infer<typeof renameSubject>;

const renameSummary = z.object({
  /** What the new name points at now, and moves away from. */
  replaces: digest.exactOptional(),
  /** Other tags of the image, which stay. */
  siblings: z.array(tagName),
  /** How the old name goes. */
  aloneBy: z.enum(WAYS_ALONE),
});

export const renamePlan = plan.extend({ subject: renameSubject, summary: renameSummary });
export type RenamePlan = z.infer<typeof renamePlan>;

export const renameRequest = repositoryPlace.extend({ from: tagName, to: tagName });
