import { renamed } from '../../common/rename.ts';
import type { SyncPlan, SyncPlanning, SyncRules } from '../../common/transfer.ts';
import {
  checkRepository,
  planTransfer,
  type TransferPlan,
  type TransferRequest,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { isHopeless } from '../failure.ts';
import { isRegistry } from '../place-handle.ts';
import { telling } from '../telling.ts';
import type { PlaceHandle } from '../types.ts';
import { selectRepositories, selectTags } from './listing.ts';
import { matcherOf, tagMatcher } from './selection.ts';
import { isSameRegistry, platformChoice, sourceOf, targetOf } from './sides.ts';

type Looking = Extract<SyncPlanning, { kind: 'looking' }>;

export interface SyncPlanned {
  data: TransferPlan;
  onlyAtTarget: SyncPlan['summary']['onlyAtTarget'];
}

/** Lists both sides and compares them, telling how far it is on the way. */
export async function* planSync(
  source: PlaceHandle,
  target: PlaceHandle,
  definition: SyncRules,
  signal: AbortSignal | undefined,
): AsyncGenerator<Looking, SyncPlanned, void> {
  const looking: Looking = {
    kind: 'looking',
    repositories: { done: 0, total: 0 },
    tags: { done: 0, total: 0 },
  };
  return yield* telling(
    (stop) => plan(source, target, definition, looking, stop),
    () => looking,
    signal,
  );
}

async function plan(
  source: PlaceHandle,
  target: PlaceHandle,
  definition: SyncRules,
  looking: Looking,
  signal: AbortSignal,
): Promise<SyncPlanned> {
  const wanted = tagMatcher(definition);
  const repositories = await selectRepositories(
    source,
    definition.repositories,
    definition.excludeRepositories,
    signal,
  );
  looking.repositories.total = repositories.length;
  const names = namesAt(target, source, repositories, definition.rename);
  const sameRegistry = isSameRegistry(source, target);
  if (sameRegistry) refuseIntoItself(names, definition);
  const found = new Map<string, string[]>();
  const from = await sourceOf(source, signal);
  for await (const { repository, tags } of selectTags(from, repositories, wanted, signal)) {
    found.set(repository, tags);
    looking.repositories.done++;
    looking.tags.total += tags.length;
  }
  const requests = requestsOf(repositories, names, found);
  const data = await planTransfer(from, await targetOf(target), requests, {
    sameRegistry,
    newOnly: definition.newOnly,
    attached: definition.attached,
    platforms: platformChoice(definition),
    foreign: definition.foreign,
    protects: target.protects,
    signal,
    onItem: () => void looking.tags.done++,
    isHopeless: (error) => isHopeless(error.code),
  });
  const onlyAtTarget: SyncPlanned['onlyAtTarget'] = [];
  if (definition.prune) {
    if (!isRegistry(target)) throw new ServiceError('unsupported', 'Only tags of a registry can be pruned.');
    const sent = Map.groupBy(
      requests.map(({ target: to }) => to),
      ({ repository }) => repository,
    );
    // A repository that is empty, gone or mistyped at the source must not empty its copy.
    const unknown = new Set(
      repositories.filter((name) => !found.get(name)?.length).map((name) => names.get(name)),
    );
    const targets = [...new Set(names.values())].filter((name) => !unknown.has(name)).sort();
    for await (const { repository, tags } of selectTags(
      await sourceOf(target, signal),
      targets,
      wanted,
      signal,
    )) {
      const kept = new Set((sent.get(repository) ?? []).map(({ tag }) => tag));
      const alone = tags.filter((tag) => !kept.has(tag));
      if (alone.length > 0) onlyAtTarget.push({ repository, tags: alone.sort(), kept: [...kept] });
    }
  }
  return { data, onlyAtTarget: onlyAtTarget.sort((a, b) => (a.repository < b.repository ? -1 : 1)) };
}

/**
 * What each repository is called at the target. Outside registries the only one of a layout needs no name, and others keep the host
 * that they come from, unless they are renamed.
 *
 * @throws ServiceError `invalidInput`
 */
function namesAt(
  target: PlaceHandle,
  source: PlaceHandle,
  repositories: readonly string[],
  rename: string,
): ReadonlyMap<string, string> {
  const name = (repository: string): string => {
    if (isRegistry(target) || rename !== '{repository}') return targetName(repository, rename);
    const { kind } = target.place.content;
    if (repositories.length === 1 && (kind === 'ociLayout' || kind === 'ociArchive')) return '';
    return isRegistry(source) ? `${source.host}/${repository}` : repository;
  };
  return new Map(repositories.map((repository) => [repository, name(repository)]));
}

/** @throws ServiceError `invalidInput` */
function targetName(repository: string, template: string): string {
  const name = renamed(repository, template);
  try {
    return checkRepository(name);
  } catch (cause) {
    const words = `"${repository}" would become "${name.slice(0, 255)}", which is no name of a repository.`;
    throw new ServiceError('invalidInput', words, { cause });
  }
}

/**
 * No target may be a source: the next run would copy the copies.
 *
 * @throws ServiceError `invalidInput`
 */
function refuseIntoItself(
  names: ReadonlyMap<string, string>,
  { repositories, excludeRepositories }: SyncRules,
): void {
  const taken = matcherOf(repositories, excludeRepositories);
  for (const [repository, name] of names) {
    if (repository === name)
      throw new ServiceError('invalidInput', 'Source and target are the same repositories.');
    if (taken(name))
      throw new ServiceError(
        'invalidInput',
        `"${repository}" would become "${name}", which is among the repositories that are taken from: ` +
          'choose another place, or except it from them.',
      );
  }
}

/** @throws ServiceError `invalidInput` where two tags would become one */
function requestsOf(
  repositories: readonly string[],
  names: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, readonly string[]>,
): TransferRequest[] {
  const taken = new Map<string, string>();
  return repositories.flatMap((repository) =>
    (found.get(repository) ?? []).map((tag): TransferRequest => {
      const to = names.get(repository) ?? repository;
      const place = `${to}:${tag}`;
      const other = taken.get(place);
      if (other !== undefined)
        throw new ServiceError('invalidInput', `${other} and ${repository} would both become ${place}.`);
      taken.set(place, repository);
      return { source: { repository, reference: tag }, target: { repository: to, tag } };
    }),
  );
}
