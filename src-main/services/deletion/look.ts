import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type DeletionPlanData,
  type KnownTags,
  listTagsIfAny,
  lookAt,
  planDeletion,
  RegistryError,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { inParallel } from '../parallel.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { checkHurt, hurtBy, hurtTags } from './spared.ts';

/**
 * Milliseconds for which what a plan saw of other tags still counts when it is started: about as long as looking itself takes,
 * so that looking again would not make the picture any newer.
 */
const SHARED_FOR = 5_000;
/** Tags that a confirmed plan takes, all of which are looked at before it is started. */
const LOOKED_MAX = 100;
/** Tags asked for at a time. */
const READS = 8;

/** What a plan is planned anew from, and a hash over what the user has seen of it. */
const basis = z.object({
  repository: z.string(),
  request: z.object({
    tags: z.array(z.string()),
    digests: z.array(z.string()),
    attached: z.union([z.boolean(), z.array(z.string())]),
    /** Absent in plans of earlier versions. */
    whole: z.boolean().default(false),
  }),
  consequences: z.string(),
  /** Absent in plans of earlier versions. */
  hurt: hurtTags.optional(),
});
type Basis = z.infer<typeof basis>;

export function basisOf(data: DeletionPlanData): Basis {
  const { tags, digests = [], attached = false, whole = false } = data.request;
  const along = typeof attached === 'boolean' ? attached : [...attached];
  const request = { tags: [...tags], digests: [...digests], attached: along, whole };
  return { repository: data.repository, request, consequences: consequencesOf(data), hurt: hurtBy(data) };
}

/** What a plan of this process knows, and what the check has seen. */
export interface DeletionPrepared {
  data?: DeletionPlanData;
  /** When the plan's look began, by `performance.now()`. */
  planned?: number;
  looked?: Looked;
}

/** What the check of a confirmed plan has seen. */
export interface Looked {
  /** Tags that it looked at; undefined: there is none. */
  tags: ReadonlyMap<string, string | undefined>;
  /** When that began, by `performance.now()`. */
  at: number;
  /** All tags of the repository, as the plan or the check saw them. */
  known: KnownTags;
}

/** As a plan saw them. */
export function lookedOf(data: DeletionPlanData, at: number): Looked {
  const known = { tags: data.looked, at, doomed: new Set(touched(data)) };
  return { tags: data.looked, at, known };
}

/** Where tags were seen, unless that is too long ago. */
export function fresh(looked: Looked | undefined): Looked['tags'] | undefined {
  return looked && performance.now() - looked.at < SHARED_FOR ? looked.tags : undefined;
}

/**
 * Looks whether a confirmed plan still says what would happen. A tag put on a doomed digest since would go with it, unseen by
 * whoever confirmed; where tags only go alone no other tag can be harmed, and they are all that is looked at.
 *
 * @param kept the plan's basis: without what it prepared all is planned anew and compared with that
 * @throws ServiceError `planStale`
 */
export async function lookAgain(
  registry: RegistryHandle,
  kept: unknown,
  prepared: DeletionPrepared | undefined,
  { signal }: CallOptions,
): Promise<Looked> {
  const at = performance.now();
  const confirmed = basis.parse(kept);
  checkHurt(registry, confirmed.hurt ? [confirmed.hurt] : []);
  const { data, planned = 0 } = prepared ?? {};
  // Of so many each is looked at when its turn comes: what moved by then stays, and its step says so.
  if (data && touched(data).length > LOOKED_MAX) return lookedOf(data, planned);
  const isRecent = at - planned < SHARED_FOR;
  if (!data || (data.manifests.length > 0 && !isRecent))
    return lookedOf(await planAgain(registry, confirmed, signal), at);
  const wanted = data.manifests.length === 0 ? touched(data) : await touchedOrNew(registry, data, signal);
  const tags = await seeAgain(registry, data, wanted, signal);
  return { ...lookedOf(data, planned), tags, at };
}

/**
 * Looks once more at the tags that a plan of several repositories takes, where they are few: of many each is looked at when its turn comes.
 *
 * @throws ServiceError `planStale`
 */
export async function lookAtFew(
  registry: RegistryHandle,
  seen: ReadonlyMap<string, Looked>,
  { signal }: CallOptions,
): Promise<void> {
  const doomed = [...seen].flatMap(([repository, { known }]) =>
    [...known.doomed].map((tag) => ({ repository, tag, before: known.tags.get(tag) })),
  );
  if (doomed.length > LOOKED_MAX) return;
  const looks = inParallel(doomed, READS, signal, async (one, stop) => ({
    ...one,
    ...(await lookAt(registry.reader.head(one.repository, one.tag, stop))),
  }));
  for await (const { tag, before, found, unseen } of looks)
    if (!unseen && found?.digest !== before)
      throw new ServiceError('planStale', `The tag ${tag} points elsewhere by now.`);
}

/** Tags that the plan takes. */
function touched({ tagsAlone, manifests }: DeletionPlanData): string[] {
  return [...tagsAlone.map(({ tag }) => tag), ...manifests.flatMap(({ tags }) => tags)];
}

async function touchedOrNew(
  registry: RegistryHandle,
  data: DeletionPlanData,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const known = new Set([...data.looked.keys(), ...data.unseen, ...data.blocked.map(({ tag }) => tag)]);
  const found: string[] = touched(data);
  for await (const page of listTagsIfAny(registry.client, data.repository, { signal }))
    for (const tag of page) if (!known.has(tag)) found.push(tag);
  return found;
}

async function seeAgain(
  registry: RegistryHandle,
  data: DeletionPlanData,
  tags: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, string | undefined>> {
  const doomed = new Set(data.manifests.map(({ digest }) => digest));
  const looked = new Map<string, string | undefined>();
  const seen = inParallel(tags, READS, signal, async (tag, stop) => ({
    tag,
    ...(await lookAt(registry.reader.head(data.repository, tag, stop))),
  }));
  for await (const { tag, found, unseen } of seen) {
    // Its own step will show it.
    if (unseen) continue;
    const now = found?.digest;
    looked.set(tag, now);
    const before = data.looked.get(tag);
    // One that is new matters where it points at what goes.
    const same = before === undefined ? now === undefined || !doomed.has(now) : now === before;
    if (!same) throw new ServiceError('planStale', `The tag ${tag} points elsewhere by now.`);
  }
  return looked;
}

async function planAgain(
  registry: RegistryHandle,
  { repository, request, consequences }: Basis,
  signal: AbortSignal | undefined,
): Promise<DeletionPlanData> {
  let again: DeletionPlanData;
  try {
    const identified = await registry.identification.registry({ signal });
    again = await planDeletion(identified, registry.reader, repository, request, { signal });
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'notFound')) throw error;
    throw new ServiceError('planStale', error.reason, { cause: error });
  }
  if (consequencesOf(again) !== consequences) throw new ServiceError('planStale');
  return again;
}

/** What the user confirmed, in a form that does not depend on the order a registry lists things in. */
function consequencesOf(plan: DeletionPlanData): string {
  const sorted = (texts: readonly string[]) => [...texts].sort();
  const lines = [
    JSON.stringify(['alone', plan.aloneBy]),
    ...plan.tagsAlone.map(({ tag, digest }) => JSON.stringify(['tag', tag, digest])),
    ...plan.manifests.map(({ digest, tags, indexes, referrers }) =>
      JSON.stringify([
        'manifest',
        digest,
        sorted(tags),
        sorted(indexes.map((index) => index.digest)),
        sorted(referrers.map((referrer) => referrer.digest)),
      ]),
    ),
    ...plan.alsoRemoved.map((tag) => JSON.stringify(['also', tag])),
    ...plan.unseen.map((tag) => JSON.stringify(['unseen', tag])),
    ...plan.unread.map((tag) => JSON.stringify(['unread', tag])),
  ];
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
