import type { RegistryOverview, RepositoryPage } from '../../common/registry.ts';
import {
  consequencesOf,
  type DeletionAbility,
  deletionOf,
  deletionSources,
  listRepositories,
  listsReferrers,
  ping,
  pullsLeft,
  type Registry,
  RegistryError,
  systemIdOf,
  takesWrites,
} from '../../engine/index.ts';
import type { Ability, AbilitySource, WriteState } from '../../engine/vocabulary/abilities.ts';
import { collectionFactsOf } from '../collection-facts.ts';
import { failureOf } from '../failure.ts';
import type { RegistryHandle } from '../types.ts';

export type Listing = RepositoryPage['listing'];

/** What a registry is, who we are there and what can be done, with what the user should be warned of. @throws {RegistryError} */
export async function overviewOf(
  registry: RegistryHandle,
  signal: AbortSignal | undefined,
): Promise<RegistryOverview> {
  const { client, identification } = registry;
  let identified = await identification.registry({ signal });
  const { milliseconds, traces } = await ping(identified, { signal });
  if (traces) identified = await identification.reconsider(traces);
  const first = await firstPage(registry, signal);
  const [repository] = [...first.names, ...registry.repositories];
  const deletion = await deletionOrUnknown(identified, repository, signal);
  const sources = await deletionSources(identified, repository, { signal });
  // A right that is missing in one repository says nothing of the others.
  const tagsOnly = deletion.digest === 'no' && deletion.tag === 'yes';
  const canDelete: Ability = deletion.digest === 'denied' ? 'unknown' : deletion.digest;
  const writes = registry.readOnly
    ? 'unknown'
    : await writesOrUnknown(identified, deletion, repository, signal);
  registry.noteWrites(writes);
  const rateLimit = await pullsLeft(identified, { signal });
  const scheme = client.authScheme();

  const warnings: RegistryOverview['warnings'] = [];
  if (registry.insecure !== 'no') warnings.push(registry.insecure);
  if (first.listing === 'forbidden') warnings.push('catalogForbidden');
  if (first.listing === 'missing') warnings.push('catalogMissing');
  if (tagsOnly) warnings.push('deletesTagsOnly');
  else if (writes === 'cache') warnings.push('pullThroughCache');
  else if (writes === 'readOnly') warnings.push('writesOff');
  else if (canDelete === 'no') warnings.push('deleteDisabled');
  else if (deletion.digest === 'denied') warnings.push('deleteDenied');
  else if (deletion.tag === 'no') warnings.push('deleteByTagMissing');
  if (registry.secrets === 'session') warnings.push('sessionSecret');
  return {
    system: systemIdOf(identified.product.id),
    by: identified.by,
    ...(identified.version === undefined ? {} : { version: identified.version }),
    latency: milliseconds,
    signedIn: scheme === 'anonymous' && registry.clientCertificate ? 'clientCertificate' : scheme,
    ...(registry.username === undefined ? {} : { username: registry.username }),
    abilities: {
      push: PUSHES[writes],
      list: first.listing === 'complete' ? 'yes' : 'no',
      delete: canDelete,
      deleteTag: deletion.tag,
      referrers: listsReferrers(identified),
    },
    sources: {
      push: 'asked',
      list: first.by,
      delete: sources.digest,
      deleteTag: sources.tag,
      // Whether it has that API is a fact of its product or not known.
      referrers: 'product',
    },
    garbageCollection: collectionFactsOf(consequencesOf(identified).garbageCollection),
    ...(rateLimit ? { rateLimit } : {}),
    warnings,
  };
}

const PUSHES: Readonly<Record<WriteState, Ability>> = {
  yes: 'yes',
  cache: 'no',
  readOnly: 'no',
  unknown: 'unknown',
};

async function firstPage(
  registry: RegistryHandle,
  signal: AbortSignal | undefined,
): Promise<{ names: readonly string[]; listing: Listing; by: AbilitySource }> {
  let by: AbilitySource = 'asked';
  const told = (now: AbilitySource): void => {
    by = now;
  };
  try {
    const identified = await registry.identification.registry({ signal });
    for await (const page of listRepositories(identified, { signal, pageSize: 1, told })) {
      return { names: page, listing: 'complete', by };
    }
    return { names: [], listing: 'complete', by };
  } catch (error) {
    return { names: [], listing: await refusalOf(registry, error, signal), by };
  }
}

/** What a failed listing means; anything but a refusal is thrown on. */
export async function refusalOf(
  registry: RegistryHandle,
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<Listing> {
  if (!(error instanceof RegistryError)) throw error;
  if (error.code === 'denied') return 'forbidden';
  if (error.code === 'notFound' || error.code === 'unsupported') return 'missing';
  if (error.code === 'unauthorized') {
    // Docker Hub refuses its list with 401 to everybody. With a wrong password this throws as well.
    await ping(await registry.identification.registry({ signal }), { signal });
    return 'forbidden';
  }
  throw error;
}

/** What cannot be found out is unknown. */
async function writesOrUnknown(
  registry: Registry,
  deletion: DeletionAbility,
  repository: string | undefined,
  signal: AbortSignal | undefined,
): Promise<WriteState> {
  try {
    return await takesWrites(registry, deletion, repository, { signal });
  } catch (error) {
    if (failureOf(error).code === 'cancelled') throw error;
    return 'unknown';
  }
}

/** What cannot be found out is unknown. */
async function deletionOrUnknown(
  registry: Registry,
  repository: string | undefined,
  signal: AbortSignal | undefined,
): Promise<DeletionAbility> {
  try {
    return await deletionOf(registry, repository, { signal });
  } catch (error) {
    if (failureOf(error).code === 'cancelled') throw error;
    return { digest: 'unknown', tag: 'unknown' };
  }
}
