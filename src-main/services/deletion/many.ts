import { z } from 'zod';
import type { CollectionFacts } from '../../common/collection-facts.ts';
import type { PlannedRepository } from '../../common/deletion.ts';
import type { FreedBytes } from '../../common/storage.ts';
import type { Inventory } from '../../data/index.ts';
import { consequencesOf, type DeletionPlanData } from '../../engine/index.ts';
import type { AloneBy } from '../../engine/vocabulary/deletion.ts';
import { collectionFactsOf } from '../collection-facts.ts';
import type { DoomedRepository, ManyOptions } from '../core/deletion.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { Planned, RunContext } from '../operations/kind.ts';
import type { StepCursor } from '../operations/steps.ts';
import { inParallel } from '../parallel.ts';
import type { RegistryHandle } from '../types.ts';
import { freedWithout } from './freed.ts';
import { type Looked, lookedOf } from './look.ts';
import { type DeletionPlaces, runDeletions } from './run.ts';
import { checkHurt, hurtBeside, hurtTags, planSparing } from './spared.ts';
import type { DeletionStep } from './step.ts';
import { DELETION_STATES, stateOf, stepsOf } from './steps.ts';
import { goneTags, type PlannedData, repositoryOf } from './summary.ts';
import type { DeletionData } from './work.ts';

/** Repositories planned at a time; the client's own bound on requests holds as well. */
const REPOSITORIES = 4;

/** Of a plan of deletions, what is the same whichever kind of operation it becomes. */
export interface PlannedMany
  extends Pick<Planned, 'needsConsent' | 'states' | 'registries' | 'items' | 'basis'> {
  prepared: ManyPrepared;
  /** In the order they were asked for: also those of which nothing goes, with why. */
  repositories: PlannedRepository[];
  /** How tags go that go alone. */
  aloneBy: AloneBy;
  countsPulls: boolean;
  garbageCollection: CollectionFacts;
  /** Undefined where too little was scanned to say anything. */
  inRegistry: FreedBytes | undefined;
}

/** By repository where its tags were seen. */
export type ManyPrepared = ReadonlyMap<string, Looked>;

/**
 * Plans the deletion of tags and manifests in any number of repositories of one registry; touches nothing. Every line is a step of
 * `deletionStep` with its repository and why it goes; its kind runs them by {@link runMany}, shows what they change by `changesOf`, and
 * takes them back by `planRestoring`. A repository that cannot be planned has no lines and says why.
 *
 * @throws what every other repository would fail with as well
 */
export async function planMany(
  registry: RegistryHandle,
  doomed: readonly DoomedRepository[],
  inventory: Inventory,
  { attached = false, signal, report }: ManyOptions = {},
): Promise<PlannedMany> {
  const identified = await registry.identification.registry({ signal });
  const planned: ({ at: number } & (PlannedData | { failed: PlannedRepository }))[] = [];
  const known = new Map<string, Looked>();
  const plans = inParallel([...doomed.entries()], REPOSITORIES, signal, async ([number, one], stop) => {
    const at = performance.now();
    return { number, at, ...(await planOne(registry, one, attached, stop)) };
  });
  for await (const { number, ...one } of plans) {
    planned[number] = one;
    report?.(planned.filter(Boolean).length, doomed.length);
  }
  const lines: DeletionStep[] = [];
  for (const [number, one] of planned.entries()) {
    if ('failed' in one) continue;
    const { data, at } = one;
    known.set(data.repository, lookedOf(data, at));
    lines.push(...linesOf(one, doomed[number]));
  }
  const datas = planned.flatMap((one) => ('data' in one ? [one.data] : []));
  const gone = datas.map((data) => ({ repository: data.repository, tags: goneTags(data) }));
  const { countsPulls, garbageCollection } = consequencesOf(identified);
  return {
    repositories: planned.map((one) => ('failed' in one ? one.failed : repositoryOf(one))),
    aloneBy: datas.some(({ aloneBy }) => aloneBy === 'placeholder') ? 'placeholder' : 'name',
    countsPulls,
    garbageCollection: collectionFactsOf(garbageCollection),
    inRegistry: await freedWithout(inventory, registry, gone, { signal }),
    needsConsent: datas.some(({ needsConsent }) => needsConsent),
    states: DELETION_STATES,
    items: lines.map((step) => ({ item: step, state: stateOf(step), acts: true })),
    basis: basisOfMany(datas),
    prepared: known,
    registries: { reads: [], changes: [registry] },
  };
}

const basis = z.object({ hurt: z.array(hurtTags) });

/** What such a plan is checked by when it is started. */
export const basisOfMany = (datas: readonly DeletionPlanData[]): z.infer<typeof basis> => ({
  hurt: datas.flatMap(hurtBeside),
});

/** Plans of earlier versions have none. @throws ServiceError `planStale` for one that hurts what is protected by now */
export function checkMany(registry: RegistryHandle, kept: unknown): void {
  checkHurt(registry, basis.safeParse(kept).data?.hurt ?? []);
}

/** Runs the steps of such a plan. What came to need what goes since it was made stays, and its step says so. */
export async function runMany(
  steps: StepCursor<DeletionStep>,
  context: RunContext<unknown, ManyPrepared>,
  data: DeletionData,
  { leavesAlone = false }: Pick<DeletionPlaces, 'leavesAlone'> = {},
): Promise<void> {
  await runDeletions(steps, context, data, {
    leavesAlone,
    repositoryOf: ({ repository = '' }) => repository,
    looked: (repository) => context.prepared?.get(repository),
  });
}

async function planOne(
  registry: RegistryHandle,
  { repository, tags, digests = [], kept = [] }: DoomedRepository,
  attached: boolean,
  signal: AbortSignal,
): Promise<PlannedData | { failed: PlannedRepository }> {
  const request = {
    tags: tags.map(({ tag }) => tag),
    digests: digests.map(({ digest }) => digest),
    attached,
  };
  try {
    return await planSparing(registry, repository, request, new Set(kept), { signal });
  } catch (error) {
    const failure = failureOf(error);
    if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
    return { failed: nothingOf(repository, failure) };
  }
}

function linesOf({ data }: PlannedData, doomed: DoomedRepository | undefined): DeletionStep[] {
  const why = new Map<string, string>();
  for (const { tag, reason } of doomed?.tags ?? []) if (reason !== undefined) why.set(tag, reason);
  for (const { digest, reason } of doomed?.digests ?? []) if (reason !== undefined) why.set(digest, reason);
  return stepsOf(data.steps).map((step) => {
    const names = step.kind === 'deleteTag' ? [step.tag] : [step.digest, ...step.tags];
    const reasons = [...new Set(names.flatMap((name) => why.get(name) ?? []))];
    return { ...step, repository: data.repository, ...(reasons.length > 0 ? { reasons } : {}) };
  });
}

function nothingOf(repository: string, failure: PlannedRepository['failure']): PlannedRepository {
  return {
    repository,
    ...(failure && { failure }),
    tags: 0,
    manifests: 0,
    alone: 0,
    alsoRemoved: [],
    broken: [],
    attached: { taken: false, byRegistry: false, manifests: 0, tags: [] },
    blocked: [],
    spared: [],
    staying: 0,
    unseen: [],
    unread: [],
    untagged: 0,
    bytesFreed: 0,
    bytesInChildren: 0,
    bytesAtMost: false,
    refilled: false,
    needsConsent: false,
  };
}
