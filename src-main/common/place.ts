import { z } from 'zod';
import { contentPlace } from './content.ts';
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

/** What is at a registry or in a place outside registries, where a repository may have no name: images have tags only. */
function anywhere<Shape extends z.ZodRawShape>(shape: Shape) {
  /** What goes before its names in references: `oci:/images`. */
  const outside = { content: contentPlace, host: z.string(), ...shape };
  return z.union([at(shape), z.object(outside)]);
}

/** A registry, or a place outside registries, as plans and the journal name it. */
export const anyPlace = anywhere({});
export type AnyPlace = z.infer<typeof anyPlace>;

export const sourcePlace = anywhere({ repository: z.string().max(255), reference: manifestReference });

export const targetPlace = anywhere({ repository: z.string().max(255), tag: tagName });

/** Undefined where no stored account is behind it. */
export function accountOf(of: AnyPlace): string | undefined {
  return 'account' in of ? of.account : undefined;
}

/** Whether images keep their manifests there, and with them their digests: archives and engines of Docker keep the image's ID. */
export function keepsDigests(of: AnyPlace): boolean {
  return !('content' in of) || of.content.kind === 'ociLayout' || of.content.kind === 'ociArchive';
}

/** A tag or digest as references name it: `host/repository:tag`, `oci:/images:tag`. */
export function referenceAt(of: AnyPlace, repository: string, reference: string): string {
  const separator = reference.includes(':') ? '@' : ':';
  if (!('content' in of)) return `${of.host}/${repository}${separator}${reference}`;
  // The engine's name ends with a colon already, and its digests are names.
  if (of.content.kind === 'engine')
    return `${of.host}${repository === '' ? '' : `${repository}:`}${reference}`;
  return `${of.host}${separator}${repository === '' ? '' : `${repository}:`}${reference}`;
}
