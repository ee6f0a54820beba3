import {
  CLEANUP_STATES,
  type CleanupPlanning,
  type CleanupScope,
  type CleanupSubject,
  type CleanupSummary,
  type UsedRules,
} from '../../common/cleanup-run.ts';
import type { FreedBytes } from '../../common/storage.ts';
import type { Inventory } from '../../data/index.ts';
import {
  type CleanupContext,
  type CompiledRules,
  consequencesOf,
  type DeletionPlanData,
} from '../../engine/index.ts';
import { collectionFactsOf } from '../collection-facts.ts';
import type { InventoryService } from '../core/inventory.ts';
import { lookedOf } from '../deletion/look.ts';
import { basisOfMany, type ManyPrepared } from '../deletion/many.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { Planned } from '../operations/kind.ts';
import { inParallel } from '../parallel.ts';
import { registryKey } from '../registry-key.ts';
import { scanWhole } from '../scan-whole.ts';
import type { RegistryHandle } from '../types.ts';
import { governed } from './decided.ts';
import { type ActingLine, type CleanupLine, type PlannedRepository, planRepository } from './repository.ts';

/** How far planning is. */
export type Looking = Extract<CleanupPlanning, { kind: 'looking' }>;

/** Repositories planned at a time: each asks for several tags at once itself. */
const REPOSITORIES = 4;

/** What planning needs beside the rules. */
export interface PlanningWith {
  inventory: Inventory;
  scans: InventoryService;
}

export interface PlannedRules {
  used: UsedRules;
  names: readonly string[];
  compiled: CompiledRules;
  scope: CleanupScope;
  context: Omit<CleanupContext, 'tagsAlone'>;
}

interface Found extends PlannedRepository {
  repository: string;
}

/** Plans a cleanup, telling on the way how far it is. What of a repository cannot be looked at costs that one only. */
export async function planCleanup(
  registry: RegistryHandle,
  { used, names, compiled, scope, context }: PlannedRules,
  { inventory, scans }: PlanningWith,
  { signal, seen }: { signal: AbortSignal; seen: (at: Looking) => void },
): Promise<Planned<CleanupSubject, CleanupSummary, ManyPrepared>> {
  const key = registryKey(registry.place);
  await scanWhole(
    scans,
    registry,
    { ...scope, readManifests: false, dates: true },
    { signal, seen: ({ repositories, tags }) => seen({ kind: 'looking', at: 'scan', repositories, tags }) },
  );
  const repositories: string[] = [];
  for await (const name of governed(inventory, key, compiled, scope)) repositories.push(name);
  const identified = await registry.identification.registry({ signal });
  const looking: Looking = {
    kind: 'looking',
    at: 'plan',
    repositories: { done: 0, total: repositories.length },
    tags: { done: 0, total: 0 },
  };
  const found: Found[] = [];
  const unlooked: CleanupSummary['unlooked'] = [];
  const planning = { registry, identified, inventory, key, rules: compiled, context };
  const looks = inParallel(repositories, REPOSITORIES, signal, async (repository, stop) => {
    try {
      return { repository, ...(await planRepository(repository, { ...planning, signal: stop })) };
    } catch (error) {
      const failure = failureOf(error);
      if (stop.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
      return { repository, failed: failure };
    }
  });
  for await (const one of looks) {
    if ('failed' in one) unlooked.push({ repository: one.repository, failure: one.failed });
    else {
      found.push(one);
      looking.tags.done += one.lines.length;
    }
    looking.repositories.done++;
    seen(looking);
  }
  found.sort((a, b) => (a.repository < b.repository ? -1 : 1));
  const steps = found.flatMap(({ lines }) => lines.filter(isActing));
  const freed = await inventory.ask(
    'freed',
    {
      registry: key,
      tags: steps.flatMap(({ repository, decided }) => decided.map(({ tag }) => ({ repository, tag }))),
      manifests: steps.flatMap(({ kind, repository, digest }) =>
        kind === 'deleteManifest' ? [{ repository, digest }] : [],
      ),
    },
    signal,
  );
  const { countsPulls, garbageCollection } = consequencesOf(identified);
  const tags = tally(found);
  const summary: CleanupSummary = {
    rules: names.map((name) => ({ name })),
    repositories: found.length,
    unlooked,
    emptied: found.flatMap(({ repository, data }) =>
      data?.steps.length && data.staying === 0 ? [repository] : [],
    ),
    tags,
    ...bytesOf(freed, found),
    sideEffects: found.flatMap(sideEffects),
    countsPulls: countsPulls && steps.length > 0,
    garbageCollection: collectionFactsOf(garbageCollection),
    refilled: found.flatMap(({ repository, data }) => (data?.refilled ? [repository] : [])),
  };
  const manifests = steps.filter(({ kind }) => kind === 'deleteManifest').length;
  return {
    kind: 'cleanup',
    subject: {
      kind: 'cleanup',
      place: registry.place,
      rules: used,
      repositories: [...new Set(steps.map(({ repository }) => repository))],
      going: { tags: tags.delete, manifests },
    },
    summary,
    needsConsent: summary.sideEffects.length > 0,
    states: CLEANUP_STATES,
    items: itemsOf(found),
    basis: basisOfMany(found.flatMap(({ data }) => data ?? [])),
    prepared: new Map(found.flatMap(({ repository, data }) => (data ? [[repository, seenBy(data)]] : []))),
    registries: { reads: [], changes: [registry] },
  };
}

/**
 * What its run is told of a repository: which tags there were, so that what came since is known as such. All of them are looked at
 * again, however recent the plan is: one that moved must not go.
 */
const seenBy = (data: DeletionPlanData) => lookedOf(data, Number.NEGATIVE_INFINITY);

/** What acts first, each repository by itself; then what stays. */
function* itemsOf(found: readonly Found[]): Generator<{ item: CleanupLine; state: string; acts: boolean }> {
  for (const acts of [true, false])
    for (const { lines } of found)
      for (const line of lines) if (isActing(line) === acts) yield { item: line, state: line.state, acts };
}

function isActing(line: CleanupLine): line is ActingLine {
  return 'kind' in line;
}

function tally(found: readonly Found[]): CleanupSummary['tags'] {
  const tags = { delete: 0, keep: 0, spared: 0, moved: 0, unseen: 0 };
  for (const { lines } of found) for (const line of lines) tags[line.state] += line.decided.length;
  return tags;
}

/**
 * What becomes free in the whole registry. Where manifests that go were not read (their registry counts that as pulls), what each
 * repository's own plan says of them is the most that it can be.
 */
function bytesOf(
  freed: FreedBytes,
  found: readonly Found[],
): Pick<CleanupSummary, 'bytesFreed' | 'bytesInChildren' | 'bytesAtMost'> {
  const sum = (of: 'bytesFreed' | 'bytesInChildren') =>
    found.reduce((all, { data }) => all + (data?.[of] ?? 0), 0);
  if (freed.unread > 0)
    return { bytesFreed: sum('bytesFreed'), bytesInChildren: sum('bytesInChildren'), bytesAtMost: true };
  const { bytes, untaggedBytes, atMost } = freed;
  return { bytesFreed: bytes - untaggedBytes, bytesInChildren: untaggedBytes, bytesAtMost: atMost };
}

/** What makes a repository's part need consent. */
function sideEffects({ repository, data }: Found): CleanupSummary['sideEffects'] {
  if (!data?.needsConsent) return [];
  const indexes = data.manifests.flatMap((manifest) => manifest.indexes.map(({ digest }) => digest));
  return [
    {
      repository,
      alsoRemoved: [...data.alsoRemoved],
      unseen: [...data.unseen],
      unread: [...data.unread],
      indexes: [...new Set(indexes)],
    },
  ];
}
