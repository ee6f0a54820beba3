import type { ContentPlace } from '../../common/content.ts';
import type { SyncRules } from '../../common/transfer.ts';
import { formatContentReference, isRepository, parseReference } from '../../engine/index.ts';
import { type CopyFlags, copyOptionsOf } from './copy-options.ts';
import { UsageError } from './failures.ts';
import { readContentReference } from './references.ts';

/** Which tags of which repositories go, as commander gives it. */
export interface SelectionFlags extends CopyFlags {
  readonly tags?: readonly string[];
  readonly excludeTags?: readonly string[];
  readonly repositories?: readonly string[];
  readonly excludeRepositories?: readonly string[];
  readonly versions?: string;
  readonly newOnly?: boolean;
  readonly rename?: string;
  readonly prune?: boolean;
}

/** One side of a synchronisation: `HOST`, `HOST/PATH`, for a source `HOST/PATTERN:TAGPATTERN`; or `oci:DIR` and its like. */
export interface SyncPlace {
  readonly host: string;
  /** Outside registries. */
  readonly content?: ContentPlace;
  /** As it was given: a repository, a pattern, or what goes before the names at the target. */
  readonly path?: string;
  readonly tags?: string;
}

/** @throws UsageError; RegistryError `invalidReference` */
export function parseSyncPlace(text: string): SyncPlace {
  const content = readContentReference(text);
  if (content) {
    if (content.reference !== undefined)
      throw new UsageError(`"${text}" names an image: give the place alone, and tags by --tags.`);
    return { host: formatContentReference(content), content: content.place };
  }
  const slash = text.indexOf('/');
  if (slash < 0) return { host: text };
  const first = text.slice(0, slash);
  // A name without a host would mean Docker Hub in `copy`; here it would be taken for a host if there is one of that name.
  if (!/[.:A-Z]/.test(first) && first !== 'localhost')
    throw new UsageError(`"${text}" does not begin with a host: say docker.io/${text} for Docker Hub.`);
  const { host } = parseReference(`${first}/any`);
  const rest = text.slice(slash + 1);
  if (/@[a-z0-9]+:/.test(rest)) throw new UsageError('A digest names one image: use copy.');
  const colon = rest.indexOf(':');
  const path = colon < 0 ? rest : rest.slice(0, colon);
  return {
    host,
    ...(path === '' ? {} : { path }),
    ...(colon < 0 ? {} : { tags: rest.slice(colon + 1) }),
  };
}

/** What all repositories of a place begin with, for a sign-in that is for a part of a registry. */
export function fixedPart({ path }: SyncPlace): string | undefined {
  const parts = path?.split('/') ?? [];
  const pattern = parts.findIndex((part) => !isRepository(part));
  return parts.slice(0, pattern < 0 ? parts.length : pattern).join('/') || undefined;
}

/** @throws UsageError; RegistryError `invalidReference` */
export function definitionOf(source: SyncPlace, target: SyncPlace, flags: SelectionFlags): SyncRules {
  if (target.tags !== undefined) throw new UsageError('The target takes no tag: tags keep their names.');
  if (target.path !== undefined && flags.rename !== undefined)
    throw new UsageError('--rename says the whole name at the target: give its host alone.');
  const repositories = [
    ...(source.path === undefined ? [] : [named(source.host, source.path)]),
    ...(flags.repositories ?? []),
  ];
  const tags = [...(source.tags === undefined ? [] : [source.tags]), ...(flags.tags ?? [])];
  if (tags.includes('')) throw new UsageError('A tag pattern is empty.');
  return {
    repositories: repositories.length === 0 ? ['**'] : repositories,
    excludeRepositories: [...(flags.excludeRepositories ?? [])],
    tags: tags.length === 0 ? ['*'] : tags,
    excludeTags: [...(flags.excludeTags ?? [])],
    versions: flags.versions ?? '',
    newOnly: flags.newOnly === true,
    rename: flags.rename ?? nameAtTarget(target, repositories),
    prune: flags.prune === true,
    ...copyOptionsOf(flags),
  };
}

/** One repository becomes the target's; several go below it, each with its whole name. */
function nameAtTarget({ host, path }: SyncPlace, repositories: readonly string[]): string {
  if (path === undefined) return '{repository}';
  const [only, ...others] = repositories;
  const target = parseReference(`${host}/${path}`).repository;
  return only !== undefined && others.length === 0 && isRepository(only) ? target : `${path}/{repository}`;
}

/** Docker Hub's own images have a namespace that is never written. */
function named(host: string, path: string): string {
  return isRepository(path) ? parseReference(`${host}/${path}`).repository : path;
}
