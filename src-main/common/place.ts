import { z } from 'zod';
import { accountId } from './ids.ts';

/**
 * Bounds only: the engine owns the grammar and answers `invalidReference` with what is wrong, so that the user reads a
 * sentence and not a pattern.
 */
export const repositoryName = z.string().min(1).max(255);
export const tagName = z.string().min(1).max(128);
/** `algorithm:hex`. */
export const digest = z.string().min(1).max(140);
/** A tag or a digest. */
export const manifestReference = z.string().min(1).max(140);

/** A repository of one account: what most requests are about. */
export const repositoryPlace = z.object({ accountId, repository: repositoryName });
export type RepositoryPlace = z.infer<typeof repositoryPlace>;

/** A registry as plans and the journal name it. `accountId` is empty where no stored account stands behind it. */
export const registryPlace = z.object({
  accountId: z.string(),
  host: z.string(),
  /** Its origin, where no stored account stands behind it: what is needed to go on after an interruption. */
  url: z.string().exactOptional(),
});
export type RegistryPlace = z.infer<typeof registryPlace>;

/** A repository of a registry, as plans and the journal name it. */
export const place = registryPlace.extend({ repository: repositoryName });
export type Place = z.infer<typeof place>;

export const sourcePlace = place.extend({ reference: manifestReference });

export const targetPlace = place.extend({ tag: tagName });
