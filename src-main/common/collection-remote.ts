import { z } from 'zod';
import { COLLECTION_RUN_STATES } from '../engine/vocabulary/collection.ts';
import { accountId } from './ids.ts';
import { digest, registryPlace } from './place.ts';
import { plan } from './plan.ts';
import { byteCount, count, instant } from './units.ts';

/** A garbage collection that a registry runs itself, asked for by its API. */
export const remoteCollectSubject = z.object({
  kind: z.literal('collectRemote'),
  place: registryPlace,
  /** Manifests without a tag go as well. */
  untagged: z.boolean(),
  /** Bytes that its dry run has found. */
  bytes: byteCount,
});
export type RemoteCollectSubject = z.infer<typeof remoteCollectSubject>;

const freed = z.object({ blobs: count, manifests: count, bytes: byteCount });

/** How one of them stands; of a dry run what it would free. */
export const remoteRun = z.object({
  id: z.string(),
  state: z.enum(COLLECTION_RUN_STATES),
  dryRun: z.boolean(),
  untagged: z.boolean(),
  started: instant,
  changed: instant,
  /** Absent where it does not say. */
  freed: freed.exactOptional(),
});
export type RemoteRun = z.infer<typeof remoteRun>;

/** `run`: the collection, in one line; `blob`, `manifest`: what its dry run names. */
export const REMOTE_COLLECT_STATES = ['run', 'blob'] as const;

export const remoteCollectItem = z.object({
  number: z.number().int(),
  state: z.enum(REMOTE_COLLECT_STATES),
  digest: digest.exactOptional(),
  /** Where it is known. */
  size: byteCount.exactOptional(),
});

export const remoteCollectPlan = plan.extend({
  subject: remoteCollectSubject,
  summary: z.object({
    /** The dry run. */
    run: remoteRun,
    /** The end of its log; absent where it could not be read: then what goes is not known one by one. */
    log: z.string().exactOptional(),
  }),
});
export type RemoteCollectPlan = z.infer<typeof remoteCollectPlan>;

/** The log is absent where it could not be read. */
export const remoteCollectOutcome = z.object({ run: remoteRun, log: z.string().exactOptional() });

export const remoteCollectRequest = z.object({ accountId, untagged: z.boolean() });
export const remoteRunsRequest = z.object({ accountId });
