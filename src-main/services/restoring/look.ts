import { setImmediate as turn } from 'node:timers/promises';
import type { RestoreItem } from '../../common/restoring.ts';
import type { KeptTagChange } from '../../data/index.ts';
import { collectedAmong, isVouchedFor, lookAt, type Parts, partsOf, replacedBy } from '../../engine/index.ts';
import type { PlanContext } from '../operations/kind.ts';
import { inParallel } from '../parallel.ts';
import type { RegistryHandle } from '../types.ts';

/** Tags looked at at a time. */
const READS = 8;
/** Blobs asked for in all: some seconds at 50 ms each. */
const BLOBS_MAX = 1000;

type State = RestoreItem['state'];

/** What an operation did to a tag, or to a manifest without one, and what can become of it. */
export interface Seen {
  change: Pick<KeptTagChange, 'repository' | 'reference' | 'before' | 'after'>;
  state: State;
}

export interface Look {
  seen: readonly Seen[];
  /** By repository and digest what the manifests of the trash name. */
  trashed: ReadonlyMap<string, ReadonlyMap<string, Parts>>;
  /** Bytes of blobs that the registry has no more and that were kept, by digest. */
  kept: ReadonlyMap<string, number>;
  /** Blobs that were not asked for. */
  unasked: number;
}

/** Looks where each tag points by now, whether what it pointed at is still at hand, and asks the registry for its blobs. */
export async function lookAround(registry: RegistryHandle, context: PlanContext): Promise<Look> {
  const changes: KeptTagChange[] = [];
  for await (const page of context.changes()) changes.push(...page);
  const looked: Seen[] = [];
  const looks = inParallel(
    [...changes.entries()],
    READS,
    context.signal,
    async ([position, change], stop) => ({ position, state: await stateOf(registry, change, stop) }),
  );
  for await (const { position, state } of looks) {
    const change = changes[position];
    if (change) looked[position] = { change, state };
  }
  const trashed = new Map<string, ReadonlyMap<string, Parts>>();
  const kept = new Map<string, number>();
  const seen: Seen[] = [];
  let [asked, unasked] = [0, 0];
  for (const [repository, own] of Map.groupBy(looked, ({ change }) => change.repository)) {
    const { parts, damaged } = await readTrash(repository, context);
    await findMissing(registry, own, { parts, damaged }, context.signal);
    own.push(...(await attachedTo(registry, repository, own, parts, context.signal)));
    const look = await collectedAmong(registry.client, repository, belowRestored(own, parts), {
      signal: context.signal,
      maxLooks: Math.max(0, BLOBS_MAX - asked),
      isKept: context.isKept,
    });
    for (const line of own)
      if (line.state === 'restore' && look.collected.has(line.change.before ?? '')) line.state = 'collected';
    for (const [digest, size] of look.kept) kept.set(digest, size);
    asked += look.asked;
    unasked += look.unasked;
    trashed.set(repository, parts);
    seen.push(...own);
  }
  return { seen, trashed, kept, unasked };
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

interface TrashOfOne {
  parts: Map<string, Parts>;
  /** Digests of those that name nothing that could be trusted. */
  damaged: Set<string>;
}

async function readTrash(repository: string, context: PlanContext): Promise<TrashOfOne> {
  const [parts, damaged] = [new Map<string, Parts>(), new Set<string>()];
  for await (const page of context.trashed(repository)) {
    for (const raw of page)
      if (isVouchedFor(raw)) parts.set(raw.digest, partsOf(raw));
      else damaged.add(raw.digest);
    await turn();
  }
  return { parts, damaged };
}

/** What the trash does not have (any more), or not whole, comes back only where the registry still has it. */
async function findMissing(
  registry: RegistryHandle,
  own: readonly Seen[],
  { parts, damaged }: TrashOfOne,
  signal: AbortSignal | undefined,
): Promise<void> {
  const open = own.filter(({ change, state }) => state === 'restore' && !parts.has(change.before ?? ''));
  const lines = Map.groupBy(open, ({ change }) => change.before ?? '');
  const looks = inParallel([...lines], READS, signal, async ([digest, same], stop) => {
    const repository = same[0]?.change.repository ?? '';
    return { digest, same, there: await isThere(registry, repository, digest, stop) };
  });
  for await (const { digest, same, there } of looks)
    if (!there) for (const line of same) line.state = damaged.has(digest) ? 'damaged' : 'unknown';
}

/** Referrers that were not deleted and are gone all the same: some registries collect what has lost its subject. */
async function attachedTo(
  registry: RegistryHandle,
  repository: string,
  own: readonly Seen[],
  parts: ReadonlyMap<string, Parts>,
  signal: AbortSignal | undefined,
): Promise<Seen[]> {
  const back = new Set(
    own.flatMap(({ change, state }) =>
      state === 'restore' || state === 'same' ? (change.before ?? []) : [],
    ),
  );
  const named = new Set(own.map(({ change }) => change.before));
  const lost: Seen[] = [];
  for (let level = [...back]; level.length > 0; ) {
    const subjects = new Set(level);
    const attached = [...parts].flatMap(([digest, { subject = '' }]) =>
      subjects.has(subject) && !named.has(digest) && !back.has(digest) ? [digest] : [],
    );
    const looks = inParallel(attached, READS, signal, async (digest, stop) => ({
      digest,
      there: await isThere(registry, repository, digest, stop),
    }));
    for await (const { digest, there } of looks)
      if (!there)
        lost.push({
          change: { repository, reference: digest, before: digest, after: null },
          state: 'restore',
        });
    for (const digest of attached) back.add(digest);
    level = attached;
  }
  return lost;
}

/** What refuses to be looked at counts as there: its step will see. */
async function isThere(
  { reader }: RegistryHandle,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { found, unseen } = await lookAt(reader.head(repository, digest, signal));
  return found !== undefined || unseen !== undefined;
}

/** Manifests of the trash that would come back, with their children. */
function belowRestored(own: readonly Seen[], parts: ReadonlyMap<string, Parts>): Map<string, Parts> {
  const below = new Map<string, Parts>();
  const open = own.flatMap(({ change, state }) => (state === 'restore' ? (change.before ?? []) : []));
  for (let digest = open.pop(); digest !== undefined; digest = open.pop()) {
    const found = parts.get(digest);
    if (!found || below.has(digest)) continue;
    below.set(digest, found);
    open.push(...found.children);
  }
  return below;
}
