import { z } from 'zod';
import { cleanupWhy } from './cleanup-run.ts';
import { accountId } from './ids.ts';
import { digest } from './place.ts';
import { resourceName } from './product.ts';
import { jobRun } from './product-job.ts';
import { count } from './units.ts';

/** A project whose own retention is compared with saved rules of ours. */
export const comparedRetentionRequest = z.object({ accountId, project: resourceName, savedId: z.uuid() });

/** Which of the two would delete a tag. What neither would is not among the rows. */
export const RETENTION_VERDICTS = ['both', 'registryOnly', 'ownOnly'] as const;
const verdict = z.enum(RETENTION_VERDICTS);
export type RetentionVerdict = z.infer<typeof verdict>;

const comparedTag = z.object({
  repository: z.string(),
  /** Null: a manifest without one. */
  tag: z.string().nullable(),
  digest: digest.nullable(),
  verdict,
  /** What our rules say of it; absent where they do not know it. */
  why: cleanupWhy.exactOptional(),
});
export type ComparedTag = z.infer<typeof comparedTag>;

export const comparedRetention = z.object({
  /** Of the dry run that the registry made for it. */
  run: jobRun,
  /** The name of our rules. */
  rules: z.string(),
  counts: z.record(verdict, count),
  /** What the two disagree on first. */
  rows: z.array(comparedTag),
  /** There are more than the rows. */
  more: z.boolean(),
});
export type ComparedRetention = z.infer<typeof comparedRetention>;
