import { setImmediate as turn } from 'node:timers/promises';
import type { Failure } from '../../common/failure.ts';
import type { RegistryPlace } from '../../common/place.ts';
import { RESTORE_STATES, type RestoreItem, type RestorePlan } from '../../common/restoring.ts';
import { groupSteps, isDigest, type Parts, planDeletion, RegistryError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { PlanContext, Planned } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import type { RegistryHandle } from '../types.ts';
import { type Look, lookAround, type Seen } from './look.ts';
import { inOrder, type Ordered } from './order.ts';

/** Lines made before others get a turn on the event loop. */
const AT_ONCE = 5_000;
/** Tags that go back in one step: a failure costs these. */
const TOGETHER = 100;

type Line = Omit<RestoreItem, 'number'> & { siblings?: string[]; placeholder?: string; level?: number };

/**
 * The plan that takes back what an operation did to tags, by what it noted. Looks where each points now, what the trash and the
 * registry still have, and says of each whether it can go back: what somebody changed since is left alone.
 *
 * @param place the registry that was changed
 */
export async function planRestoring(
  place: RegistryPlace,
  context: PlanContext,
): Promise<Planned<RestorePlan['subject'], RestorePlan['summary']>> {
  const { signal, access } = context;
  const registry = registryOf([await context.at(place, access.target)]);
  const look = await lookAround(registry, context);
  const { true: held = [], false: ordered = [] } = Object.groupBy(await inOrder(look), ({ change }) =>
    isProtected(registry, change) ? 'true' : 'false',
  );
  const isNew = ({ state }: Seen) => state === 'remove';
  const back = await restored(ordered.filter((line) => !isNew(line)));
  for (const line of back) noteSends(line, look);
  const gone = ordered.filter(isNew).map(({ change }) => change);
  // Where nothing may be deleted, how it would be need not be asked.
  const free = registry.readOnly
    ? [...back, ...gone.map(({ repository, reference }) => newTag(repository, reference))].map(locked)
    : [...back, ...(await removed(registry, gone, signal))];
  const lines = [...held.map(({ change }) => protectedLine(change)), ...free];
  await turn();
  const acting = lines.filter(acts);
  const repositories = [...new Set(lines.map(({ repository }) => repository))].sort();
  const going = acting.filter(({ state }) => state === 'remove');
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
    summary: {
      repositories: repositories.length,
      removes: going.reduce((sum, { tags }) => sum + tags.length, 0),
      sends: sentBy(back, look),
      unasked: look.unasked,
    },
    needsConsent: false,
    states: RESTORE_STATES,
    items: lines.map((line) => ({ item: line, state: line.state, acts: acts(line) })),
    registries: { reads: [], changes: [registry] },
    lost: acting.length === 0 && lines.some(({ state }) => state === 'collected'),
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

/** Whether taking it back would move or delete a protected tag: one that is gone is put back all the same. */
function isProtected(
  { protects }: RegistryHandle,
  { repository, reference, after }: Seen['change'],
): boolean {
  return after !== null && !isDigest(reference) && protects(repository, reference);
}

function protectedLine({ repository, reference }: Seen['change']): Line {
  const error = new ServiceError('protectedTag', `Protected: ${repository}:${reference}.`);
  return staying(repository, [reference], failureOf(error));
}

/** Neighbours that go back to the same digest together. */
async function restored(seen: readonly Ordered[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [position, { change, state, level }] of seen.entries()) {
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
    else
      lines.push({
        repository,
        tags,
        digest: before,
        leaves: after,
        state,
        ...(level > 0 ? { level } : {}),
      });
  }
  return lines;
}

function noteSends(line: Line, look: Look): void {
  const sends = bytesOf(keptBlobsOf([line], look));
  if (sends > 0) line.sends = sends;
}

const sentBy = (lines: readonly Line[], look: Look): number => bytesOf(keptBlobsOf(lines, look));

const bytesOf = (sizes: ReadonlyMap<string, number>): number =>
  [...sizes.values()].reduce((sum, size) => sum + size, 0);

/** Bytes by digest of the blobs of what comes back, with its children, that are sent from what was kept. */
function keptBlobsOf(lines: readonly Line[], { trashed, kept }: Look): Map<string, number> {
  const sent = new Map<string, number>();
  if (kept.size === 0) return sent;
  for (const [repository, own] of Map.groupBy(lines, (line) => line.repository)) {
    const parts: ReadonlyMap<string, Parts> = trashed.get(repository) ?? new Map();
    const open = own.flatMap(({ state, digest }) => (state === 'restore' ? (digest ?? []) : []));
    const visited = new Set<string>();
    for (let digest = open.pop(); digest !== undefined; digest = open.pop()) {
      if (visited.has(digest)) continue;
      visited.add(digest);
      for (const blob of parts.get(digest)?.blobs ?? []) {
        const size = kept.get(blob.digest);
        if (size !== undefined) sent.set(blob.digest, size);
      }
      open.push(...(parts.get(digest)?.children ?? []));
    }
  }
  return sent;
}

function newTag(repository: string, tag: string): Line {
  return { repository, tags: [tag], digest: null, leaves: null, state: 'remove' };
}

function locked(line: Line): Line {
  return line.state === 'restore' || line.state === 'remove' ? { ...line, state: 'locked' } : line;
}

/** Tags that were new, by repository: how each goes alone. */
async function removed(
  registry: RegistryHandle,
  changes: readonly Seen['change'][],
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
