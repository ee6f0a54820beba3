import { z } from 'zod';
import type { CopyOptions, CopySubject, RetagSubject, SyncSubject } from '../../common/transfer.ts';
import type { TransferPlan } from '../../engine/index.ts';
import { INDEX_FORMS } from '../../engine/vocabulary/transfer.ts';

export type TransferSubject = CopySubject | RetagSubject | SyncSubject;

/** What a plan of this process knows. */
export interface TransferPrepared {
  plan: TransferPlan;
  /** It was started at once: no one has read what could have changed. */
  unread: boolean;
}

/** One tag to be written; the plan's item, of which this is what a run needs. */
export const copyStep = z.object({
  source: z.object({ repository: z.string(), reference: z.string() }),
  target: z.object({ repository: z.string(), tag: z.string() }),
  /** What the target tag will point at. */
  digest: z.string(),
  /** What the source tag pointed at when the copy was planned: that is copied. */
  sourceDigest: z.string().exactOptional(),
  /** What the target tag pointed at when the copy was planned. */
  replaces: z.string().exactOptional(),
  /** Options of each step, as earlier versions wrote them; now they are the subject's. */
  attached: z.boolean().exactOptional(),
  platforms: z.object({ platforms: z.array(z.string()), index: z.enum(INDEX_FORMS) }).exactOptional(),
  foreign: z.boolean().exactOptional(),
});
export type CopyStep = z.infer<typeof copyStep>;

/** What goes along with the tags of an operation. */
export function optionsOf(
  options: Partial<CopyOptions> | undefined,
  step: CopyStep | undefined,
): Partial<CopyOptions> {
  if (options) return options;
  const { attached, platforms, foreign } = step ?? {};
  return {
    ...(attached === undefined ? {} : { attached }),
    ...(foreign === undefined ? {} : { foreign }),
    ...(platforms ?? {}),
  };
}
