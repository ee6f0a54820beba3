import { z } from 'zod';
import { operation } from './operation.ts';
import { byteCount, count, page } from './units.ts';

/** What is kept so that changes can be taken back. */
export const trashUsage = z.object({
  /** Operations of which it has manifests. */
  operations: count,
  manifests: count,
  /** Of the manifests, which lie in the app's database. */
  bytes: byteCount,
  /** Content that is kept whole: an OCI image layout in a folder, each blob once. */
  content: z.object({ folder: z.string(), bytes: byteCount }),
});
export type TrashUsage = z.infer<typeof trashUsage>;

/** What is kept of one operation. */
const trashEntry = z.object({
  operation,
  manifests: count,
  bytes: byteCount,
  /** Of content that is kept whole, what other operations need as well included. */
  content: byteCount,
});
export type TrashEntry = z.infer<typeof trashEntry>;

export const trashPage = z.object(page.shape);
export const trashEntries = z.array(trashEntry);

/** `content`: only what is kept whole; `all`: the manifests as well, so that nothing of it can be taken back from here. */
export const trashEmptying = z.object({ what: z.enum(['content', 'all']) });
export type TrashEmptying = z.infer<typeof trashEmptying>;
