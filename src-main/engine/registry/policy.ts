import { type DeletionAbility, probeDeletion } from '../endpoints/deletion-probe.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import type { RateLimit } from '../http/pulls.ts';
import type { TagDeleter } from '../product/abilities.ts';
import {
  type Ability,
  type AbilitySource,
  WRITE_REFUSALS,
  type WriteState,
} from '../vocabulary/abilities.ts';
import type { Registry } from './registry.ts';

/** What is decided from a product's facts and abilities, for overview, connection test and plans alike. */
type Decided = Pick<Registry, 'product' | 'abilities'>;

/** Whether there is a list of repositories to ask for. */
export function lists({ product, abilities }: Decided): Ability {
  return abilities.repositories ? 'yes' : product.facts.lists;
}

/** Whether public images are given to those whom `/v2/` refuses. */
export function letsInByRepository({ product }: Decided): boolean {
  return product.facts.letsAnonymousIn === 'byRepository';
}

/**
 * What can be deleted. What the product is known to do is not tried, unless the `rights` of this account in that repository matter:
 * they may differ from one repository to the next. Else it is found out by {@link probeDeletion}.
 *
 * @throws {RegistryError} as {@link probeDeletion}
 */
export async function deletionOf(
  registry: Registry,
  repository: string | undefined,
  { rights = false, signal }: CallOptions & { rights?: boolean } = {},
): Promise<DeletionAbility> {
  const { deletes, deletesTagAlone } = registry.product.facts;
  const tag = (await ownTagDeleter(registry, repository, { signal })) ? 'yes' : deletesTagAlone;
  if (deletes === 'no') return { digest: 'no', tag: deletesTagsOnly(registry) ? 'yes' : 'no' };
  if (deletes === 'yes' && tag !== 'unknown' && !rights) return { digest: 'yes', tag };
  const found = await probeDeletion(registry.client, repository, { signal });
  return { digest: found.digest, tag: tag === 'unknown' ? found.tag : tag };
}

/**
 * Whether it takes writes at all: looked into where nothing can be deleted, which a cache and a registry in maintenance have in common.
 *
 * @throws {RegistryError} of the transport, `cancelled`
 */
export async function takesWrites(
  { abilities }: Decided,
  deletion: DeletionAbility,
  repository: string | undefined,
  { signal }: CallOptions = {},
): Promise<WriteState> {
  if (deletion.digest !== 'no' || deletion.tag === 'yes') return 'unknown';
  return (await abilities.writes?.read(repository, signal)) ?? 'unknown';
}

/**
 * Why nothing can be written into a repository, whoever asks: it is a cache of another registry, or the registry takes no writes at
 * all. Undefined where it can, or where only a write shows it; the answer is the same for all repositories of one namespace.
 *
 * @throws {RegistryError} `cancelled`
 */
export async function whyNotWritten(
  registry: Registry,
  repository: string,
  options: CallOptions = {},
): Promise<RegistryError | undefined> {
  const { proxyCaches, writes } = registry.abilities;
  if (await proxyCaches?.caches(repository, options.signal)) return writtenNowhere('cache');
  if (!writes) return undefined;
  try {
    // The repository may not be there yet: it is asked for the registry as a whole.
    const deletion = await deletionOf(registry, undefined, options);
    const state = await takesWrites(registry, deletion, undefined, options);
    const found = WRITE_REFUSALS.find((each) => each === state);
    return found && writtenNowhere(found);
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

const WRITTEN_NOWHERE: Readonly<Record<(typeof WRITE_REFUSALS)[number], string>> = {
  cache: 'It is a cache of another registry: pulls through it fill it, and nothing can be pushed to it.',
  readOnly: 'This registry is read-only at the moment: nothing can be pushed to it.',
};

function writtenNowhere(why: (typeof WRITE_REFUSALS)[number]): RegistryError {
  const reason = WRITTEN_NOWHERE[why];
  return new RegistryError(why === 'cache' ? 'proxyCache' : 'unsupported', '', { reason });
}

/** Where it is known from what can be deleted, as {@link deletionOf} says it. @throws {RegistryError} */
export async function deletionSources(
  registry: Decided,
  repository: string | undefined,
  { signal }: CallOptions = {},
): Promise<Record<keyof DeletionAbility, AbilitySource>> {
  const { deletes, deletesTagAlone } = registry.product.facts;
  const own = await ownTagDeleter(registry, repository, { signal }).catch((error: unknown) => {
    // Of a repository in which nothing is deleted.
    if (error instanceof RegistryError && error.code === 'unsupported') return undefined;
    throw error;
  });
  const tag = deletesTagAlone === 'unknown' ? 'asked' : 'product';
  return { digest: deletes === 'unknown' ? 'asked' : 'product', tag: own ? 'api' : tag };
}

/** What deletes tags of this repository by the product's own API; undefined where the protocol has to. @throws {RegistryError} */
export async function ownTagDeleter(
  { abilities: { tags } }: Pick<Decided, 'abilities'>,
  repository: string | undefined,
  { signal }: CallOptions = {},
): Promise<TagDeleter | undefined> {
  if (!tags?.covers) return tags;
  return repository !== undefined && (await tags.covers(repository, signal)) ? tags : undefined;
}

/** Whether tags go by the product's own API, and no manifest goes by its digest. */
export function deletesTagsOnly({ product, abilities }: Decided): boolean {
  return product.facts.deletes === 'no' && abilities.tags !== undefined;
}

/** What a deletion does beside what it was asked for, and when its bytes become free. */
export function consequencesOf({ product: { facts } }: Decided) {
  return {
    /** What is attached goes along, and no reply mentions it. */
    takesAttached: facts.deletesAttached === true,
    /** What a tag names goes when the tag moves, unless another names it. */
    takesReplaced: facts.movedTagTakesManifest === true,
    /** Each manifest that is read counts as a pull. */
    countsPulls: facts.countsPulls === true,
    garbageCollection: facts.garbageCollection,
  };
}

/** Whether it lists what refers to a manifest. */
export function listsReferrers({ product }: Decided): Ability {
  return product.facts.referrers;
}

/**
 * Pulls left where they are counted, as last reported; asked for where nothing has reported them yet.
 *
 * @throws {RegistryError} `cancelled`
 */
export async function pullsLeft(
  { client, abilities }: Registry,
  { signal }: CallOptions = {},
): Promise<RateLimit | undefined> {
  const known = client.rateLimit();
  if (known || !abilities.pullLimit) return known;
  try {
    return await abilities.pullLimit.read(signal);
  } catch (error) {
    // Shown where it is known; what else fails says why.
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/** Why nothing can be deleted there at all. */
export function whyNothingDeleted({ product }: Decided): string {
  return product.facts.deletes === 'no'
    ? 'This registry deletes nothing through the registry protocol.'
    : 'Deleting is turned off on this registry.';
}
