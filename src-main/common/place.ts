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

/** What is at a registry: at the one of an account or, where no stored account is behind it, of an origin (`https://host[:port]`). */
function at<Shape extends z.ZodRawShape>(shape: Shape) {
  /** `host[:port]`, as it is written in references. */
  const named = { host: z.string(), ...shape };
  return z.union([z.object({ account: accountId, ...named }), z.object({ origin: z.string(), ...named })]);
}

/** A registry as plans and the journal name it: enough to go on with it in another process. */
export const registryPlace = at({});
export type RegistryPlace = z.infer<typeof registryPlace>;

/** A repository of a registry. */
export const place = at({ repository: repositoryName });
export type Place = z.infer<typeof place>;

export const sourcePlace = at({ repository: repositoryName, reference: manifestReference });

export const targetPlace = at({ repository: repositoryName, tag: tagName });

/** Undefined where no stored account is behind it. */
export function accountOf(of: RegistryPlace): string | undefined {
  return 'account' in of ? of.account : undefined;
}
