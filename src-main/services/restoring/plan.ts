import { setImmediate as turn } from 'node:timers/promises';
import type { Failure } from '../../common/failure.ts';
import type { RegistryPlace } from '../../common/place.ts';
import { RESTORE_STATES, type RestoreItem, type RestorePlan } from '../../common/restoring.ts';
import type { KeptTagChange } from '../../data/index.ts';
import {
  collectedAmong,
  groupSteps,
  isDigest,
  isVouchedFor,
  lookAt,
  planDeletion,
  type RawManifest,
  RegistryError,
  replacedBy,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { PlanContext, Planned } from '../operations/kind.ts';
import { inParallel } from '../parallel.ts';
import { registryOf } from '../place-handle.ts';
import type { RegistryHandle } from '../types.ts';

/** Tags looked at at a time. */
const READS = 8;
/** Changes gone through before others get a turn on the event loop. */
const AT_ONCE = 5_000;
/** Tags that go back in one step: a failure costs these. */
const TOGETHER = 100;

type State = RestoreItem['state'];
type Line = Omit<RestoreItem, 'number'> & { siblings?: string[]; placeholder?: string };

interface Seen {
  change: KeptTagChange;
  state: State;
}

/**
 * The plan that takes back what an operation did to tags, by what it noted. Looks where each points now: what somebody changed since
 * is left alone.
 *
 * @param place the registry that was changed
 */
export async function planRestoring(
  place: RegistryPlace,
  context: PlanContext,
): Promise<Planned<RestorePlan['subject'], RestorePlan['summary']>> {
  const { signal, access } = context;
  const registry = registryOf([await context.at(place, access.target)]);
  if (registry.readOnly) throw new ServiceError('readOnly');
  const changes: KeptTagChange[] = [];
  for await (const page of context.changes()) changes.push(...page);
  const seen: Seen[] = [];
  const looks = inParallel([...changes.entries()], READS, signal, async ([position, change], stop) => ({
    position,
    state: await stateOf(registry, change, stop),
  }));
  for await (const { position, state } of looks) {
    const change = changes[position];
    if (change) seen[position] = { change, state };
  }
  await findCollected(registry, seen, context);
  const lines = [
    ...(await restored(seen.filter(({ state }) => state !== 'remove'))),
    ...(await removed(
      registry,
      seen.flatMap(({ change, state }) => (state === 'remove' ? [change] : [])),
      signal,
    )),
  ];
  await turn();
  const acting = lines.filter(acts);
  const lost = lines.filter(({ state }) => state === 'collected');
  if (acting.length === 0 && lost.length > 0)
    throw new ServiceError('collected', 'The registry collected the layers of all that would come back.');
  const repositories = [...new Set(lines.map(({ repository }) => repository))].sort();
  const [only] = repositories;
  const single = repositories.length === 1 && only !== undefined;
  return {
    kind: 'restore',
    subject: {
      kind: 'restore',
      place: { ...registry.place, ...(single ? { repository: only } : {}) },
      tags: single ? acting.flatMap(({ tags }) => tags) : [],
      manifests: single ? [...new Set(acting.flatMap(({ digest }) => digest ?? []))] : [],
      ...(single ? {} : { repositories }),
      changes: acting.reduce((sum, { tags }) => sum + Math.max(tags.length, 1), 0),
    },
    summary: { repositories: repositories.length },
    needsConsent: false,
    states: RESTORE_STATES,
    items: lines.map((line) => ({ item: line, state: line.state, acts: acts(line) })),
    registries: { reads: [], changes: [registry] },
  };
}

/**
 * What moved, or is as it was, is looked at once more when its turn comes: a request of a process that was killed may arrive
 * late.
 */
function acts({ state, digest }: Line): boolean {
  return (
    state === 'restore' || state === 'remove' || state === 'moved' || (state === 'same' && digest !== null)
  );
}

async function stateOf(
  registry: RegistryHandle,
  { repository, reference, before, after, blind }: KeptTagChange,
  signal: AbortSignal,
): Promise<State> {
  if (blind) return 'blind';
  const wanted = before === null ? 'remove' : 'restore';
  const { found, unseen } = await lookAt(registry.reader.head(repository, reference, signal));
  // Its step will see.
  if (unseen) return wanted;
  const now = found?.digest ?? null;
  if (now === before) return 'same';
  if (now === after) return wanted;
  // A deletion, or an undo, that never ended may have left a placeholder.
  const replaced = now === null ? undefined : await replacedBy(registry.reader, repository, now, signal);
  return replaced !== undefined && replaced === (before ?? after) ? wanted : 'moved';
}

/** Marks what a garbage collection has made impossible to put back. */
async function findCollected(
  registry: RegistryHandle,
  seen: readonly Seen[],
  context: PlanContext,
): Promise<void> {
  const wanted = seen.filter(({ state }) => state === 'restore');
  for (const [repository, own] of Map.groupBy(wanted, ({ change }) => change.repository)) {
    // What is damaged in the trash names no blobs that could be trusted; its step fails and says so.
    await turn();
    const manifests: RawManifest[] = [];
    for await (const page of context.trashed(repository)) manifests.push(...page.filter(isVouchedFor));
    const { collected } = await collectedAmong(registry.client, repository, manifests, {
      signal: context.signal,
    });
    for (const line of own)
      if (line.change.before !== null && collected.has(line.change.before)) line.state = 'collected';
  }
}

/** Neighbours that go back to the same digest together. */
async function restored(seen: readonly Seen[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [position, { change, state }] of seen.entries()) {
    if (position % AT_ONCE === 0) await turn();
    const { repository, reference, before, after } = change;
    const tags = isDigest(reference) ? [] : [reference];
    const last = lines.at(-1);
    const fits =
      last?.repository === repository &&
      last.digest === before &&
      last.leaves === after &&
      last.state === state &&
      tags.length > 0 &&
      last.tags.length > 0 &&
      last.tags.length < TOGETHER;
    if (fits) last.tags.push(reference);
    else lines.push({ repository, tags, digest: before, leaves: after, state });
  }
  return lines;
}

/** Tags that were new, by repository: how each goes alone. */
async function removed(
  registry: RegistryHandle,
  changes: readonly KeptTagChange[],
  signal: AbortSignal | undefined,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [repository, doomed] of Map.groupBy(changes, (change) => change.repository)) {
    const tags = doomed.map(({ reference }) => reference);
    try {
      const request = { tags, alone: true };
      const identified = await registry.identification.registry({ signal });
      const { steps, blocked } = await planDeletion(identified, registry.reader, repository, request, {
        signal,
      });
      for (const group of groupSteps(steps)) {
        const [first] = group;
        if (first?.kind !== 'deleteTag') continue;
        const { digest: leaves, siblings, placeholder } = first;
        lines.push({
          repository,
          tags: group.flatMap((step) => (step.kind === 'deleteTag' ? [step.tag] : [])),
          digest: null,
          leaves,
          state: 'remove',
          ...(siblings ? { siblings: [...siblings] } : {}),
          ...(placeholder === undefined ? {} : { placeholder }),
        });
      }
      for (const { tag, error } of blocked) lines.push(staying(repository, [tag], failureOf(error)));
    } catch (error) {
      const lasting: readonly string[] = ['unsupported', 'denied'];
      if (!(error instanceof RegistryError) || !lasting.includes(error.code)) throw error;
      lines.push(staying(repository, tags, failureOf(error)));
    }
  }
  return lines;
}

function staying(repository: string, tags: string[], failure: Failure): Line {
  return { repository, tags, digest: null, leaves: null, state: 'stays', failure };
}
