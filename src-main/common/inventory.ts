import { z } from 'zod';
import { keepFreshHours } from './account.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { registryPlace, repositoryName } from './place.ts';
import { byteCount, count, instant, share } from './units.ts';

/** What of a registry is scanned: all of it unless one of these is given. */
const scanScope = z.object({
  /** Repositories whose names go on from this one with a slash. */
  namespace: repositoryName.exactOptional(),
  repository: repositoryName.exactOptional(),
  /** Manifests are read although the registry counts each as a pull; where it counts none, they always are. */
  readManifests: z.boolean().default(false),
  /** Configs of images whose manifests are read are read too: only they say when an image was made and for what. No registry counts them as pulls. */
  dates: z.boolean().default(true),
  /** Only what tags point at is looked for, with a HEAD each: neither manifests nor what is attached to them is read. */
  digestsOnly: z.literal(true).exactOptional(),
  /** Configs that could not be read within the last days are asked for again. */
  retry: z.literal(true).exactOptional(),
});
export type ScanScope = z.infer<typeof scanScope>;
export type ScannedPart = Pick<ScanScope, 'namespace' | 'repository'>;

export const scanRequest = scanScope.extend({ accountId });

export const scanRef = z.object({ scanId: z.uuid() });

/** A look through a registry for what the inventory does not know. A whole snapshot: each one replaces the one before. */
export const scan = scanScope.extend({
  id: z.uuid(),
  place: registryPlace,
  /** `paused` by the user, `interrupted` by the end of the program: they go on where they were, and so does what failed. */
  status: z.enum(['running', 'done', 'failed', 'cancelled', 'paused', 'interrupted']),
  /** It has listed what there is, so that the totals are. */
  listed: z.boolean(),
  /** The registry gives no list: those of its repositories were looked into that are known by name. */
  byName: z.literal(true).exactOptional(),
  repositories: share,
  tags: share,
  requests: count,
  /** Of manifests and configs. */
  bytes: byteCount,
  /** Tags, manifests and repositories of which nothing could be had; configs count as one, where all of them could not. */
  unread: count,
  /** Why the first of these was not. */
  firstUnread: failure.exactOptional(),
  /** Configs that could not be read, by it or within the days before: their images have no date. */
  undated: count.default(0),
  /** Why the first of these was not. */
  firstUndated: failure.exactOptional(),
  /** Manifests that it left unread because reading counts: reading them costs so many pulls, and those below them. */
  costsPulls: count.exactOptional(),
  started: instant,
  ended: instant.exactOptional(),
  failure: failure.exactOptional(),
});
export type Scan = z.infer<typeof scan>;

/** Null: no scan goes by itself. */
export const keepFresh = z.object({ accountId, hours: keepFreshHours.nullable() });
