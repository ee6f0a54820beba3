import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { isAttachedTag } from '../model/attached-tags.ts';
import { checkDigest } from '../model/digest.ts';
import { isManifestType } from '../model/media-types.ts';
import { checkRepository, checkTag } from '../model/reference.ts';
import type { CollectionFacts } from '../product/collection.ts';
import { headOfNamed, type ManifestReader } from '../reading/reader.ts';
import { consequencesOf, deletesTagsOnly } from '../registry/policy.ts';
import { checkIdentified, type Registry } from '../registry/registry.ts';
import type { AloneBy, PlanningPhase } from '../vocabulary/deletion.ts';
import { offerOf, takeAttached, takenWith } from './attached.ts';
import { bytesFreed, type DoomedBytes } from './bytes.ts';
import { type Doomed, describeDoomed } from './doomed.ts';
import type { Contents, Holdings } from './holdings.ts';
import { inOrder } from './order.ts';
import type { Report } from './report.ts';
import { READS } from './seen.ts';
import { digestAt, readContents, readTags, type SeenHeads, type Snapshot, tagsOf } from './snapshot.ts';
import type { DeleteStep } from './step.ts';
import { tagSteps } from './tag-steps.ts';
import { untaggedBelow } from './untagged.ts';
import { waysAlone } from './way.ts';

/** What is to be deleted of one repository. */
export interface DeletionRequest {
  tags: readonly string[];
  /** Manifests, each with all its tags. */
  digests?: readonly string[] | undefined;
  /** Signatures, SBOMs and other referrers are deleted with what they are attached to: with all that goes, or with these digests. */
  attached?: boolean | readonly string[] | undefined;
  /** Tags of images that have a tag beside those asked for are left out. */
  whole?: boolean | undefined;
  /** The tags go alone, and every manifest stays: also one that no other tag points at. */
  alone?: boolean | undefined;
}

/** What a deletion would do; nothing was changed to make it. */
export interface DeletionPlanData {
  repository: string;
  request: DeletionRequest;
  asked: readonly string[];
  /** Tags that go alone; the manifest and its other tags stay. */
  tagsAlone: readonly { tag: string; digest: string; siblings: readonly string[] }[];
  /** How those go. */
  aloneBy: AloneBy;
  /** Manifests that go: what was asked for first, then what is attached to it. */
  manifests: readonly (Doomed & {
    /** Undefined where they are not known. */
    bytes: DoomedBytes | undefined;
    /** Manifests below it that stay, and that no tag and no index needs any more. */
    untagged: readonly string[];
  })[];
  /** Tags that were not asked for and go with their digest, because this registry cannot delete a tag alone. */
  alsoRemoved: readonly string[];
  /**
   * What is attached to what goes, and the tags that are about it. `taken`: they are deleted as well; `byRegistry`: by the registry,
   * whether that was asked for or not.
   */
  attached: {
    taken: boolean;
    byRegistry: boolean;
    manifests: number;
    tags: readonly string[];
  };
  /** Tags asked for that stay, since the registry refuses to show what they are. */
  blocked: readonly { tag: string; error: RegistryError }[];
  /** Tags of the repository that a rule of the registry keeps as they are: it would refuse each step that takes one. */
  immutable: ReadonlySet<string>;
  /** Of a `whole` request: images with tags that were asked for and stay, since others beside them do. */
  leftOut: readonly { digest: string; tags: readonly string[]; siblings: readonly string[] }[];
  /** Tags that stay in the repository, without those that are about a manifest: none where it would be empty. */
  staying: number;
  /** Other tags that it refuses to show: they may be on a digest that goes, or contain it. */
  unseen: readonly string[];
  /** Tags that stay and hold what could not be read: it may be some of what goes, and is not known to share bytes with it. */
  unread: readonly string[];
  needsConsent: boolean;
  /** Referenced bytes that no remaining tag of the repository holds; free after garbage collection. */
  bytesFreed: number;
  /** More that only untagged images of deleted indexes hold: another option of garbage collection frees them. */
  bytesInChildren: number;
  /** Both are upper bounds: not all that shares bytes with what goes was read. */
  bytesAtMost: boolean;
  /** Each manifest that goes is read once before, for the trash, and that counts as a pull. */
  countsPulls: boolean;
  garbageCollection: CollectionFacts;
  /** It is a cache of another registry: what goes comes back with the next pull, and its tags are listed again. */
  refilled: boolean;
  /** In the order to run them: tags, then manifests, each behind what points at it. */
  steps: readonly DeleteStep[];
  /** Where each tag of the repository was seen. */
  looked: ReadonlyMap<string, string>;
}

interface PlanningOptions extends CallOptions {
  /** What was looked at already for the same plan, by tag and digest; what is looked at is added. */
  seen?: SeenHeads | undefined;
  /** Of each phase how far it is. */
  report?: ((phase: PlanningPhase) => Report) | undefined;
}

/**
 * Plans a deletion. Costs one HEAD for each tag of the repository (any of them may share the digest), and one for each manifest below
 * those; where the reader knows no facts of a manifest and has not kept it, a GET. Where the product lists both, neither.
 *
 * A tag that shares its digest, or whose manifest a staying index contains, goes alone where the registry can do that or takes a
 * placeholder; where neither works, the plan names what would go with it and needs consent.
 *
 * @throws {RegistryError} `notFound` for what is not there, `unsupported` where the registry deletes nothing.
 */
export async function planDeletion(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  request: DeletionRequest,
  { seen = new Map(), signal, report }: PlanningOptions = {},
): Promise<DeletionPlanData> {
  checkRepository(repository);
  const { tags, digests = [], attached = false } = request;
  const asked = [...new Set(tags.map(checkTag))];
  const named = [...new Set(digests.map(checkDigest))];
  checkIdentified(registry);
  const { client, abilities } = registry;
  const { takesAttached: byRegistry, countsPulls, garbageCollection } = consequencesOf(registry);
  const snapshot = await readTags(registry, reader, repository, {
    untagged: named.length > 0,
    seen,
    signal,
    report: report?.('tags'),
  });
  const blocked = asked.flatMap((tag) => {
    const error = snapshot.unseen.get(tag);
    return error ? [{ tag, error }] : [];
  });
  const shown = asked.filter((tag) => !snapshot.unseen.has(tag));
  if (blocked[0] && shown.length === 0 && named.length === 0) throw blocked[0].error;
  const missing = shown.filter((tag) => !snapshot.heads.has(tag));
  if (missing.length > 0)
    throw new RegistryError('notFound', '', { reason: `There is no tag ${missing.slice(0, 5).join(', ')}.` });
  // Found before anything else is read; `notFound` names it.
  await forEachLimit(
    named.filter((digest) => !snapshot.byDigest.has(digest) && !seen.has(digest)),
    READS,
    async (digest, stop) => void seen.set(digest, await headOfNamed(reader, repository, digest, stop)),
    signal,
  );

  const everything = new Map([...named.map((digest) => [digest, []] as const), ...snapshot.byDigest]);
  const tagsOnly = deletesTagsOnly(registry);
  if (tagsOnly && named.length > 0)
    throw new RegistryError('unsupported', '', {
      reason: 'This registry deletes tags, and no manifest by its digest.',
    });
  // Where no manifest goes, nothing depends on what they hold; and to read them may count as a pull of each.
  const contents = new Map<string, Holdings>(
    tagsOnly
      ? []
      : await readContents(
          registry,
          reader,
          repository,
          { ...snapshot, byDigest: everything },
          { seen, signal, report: report?.('contents') },
        ),
  );
  const leftOut = request.whole ? shared(shown, snapshot) : [];
  const left = new Set(leftOut.flatMap((image) => image.tags));
  const chosen = shown.filter((tag) => !left.has(tag));
  const wanted = new Set(chosen);
  const touched = [...new Set(chosen.map((tag) => digestAt(snapshot, tag)))];
  const whole = new Set([
    ...named,
    ...(request.alone || tagsOnly
      ? []
      : touched.filter((digest) => tagsOf(snapshot, digest).every((tag) => wanted.has(tag)))),
  ]);
  keepContained(whole, new Set(named), snapshot, contents);
  const needed = touched.some((digest) => !whole.has(digest));
  const way = await waysAlone(registry, repository, { needed, signal });
  if (request.alone && way === undefined)
    throw new RegistryError('unsupported', '', { reason: 'This registry cannot delete a tag alone.' });
  const going = way === undefined ? new Set([...named, ...touched]) : whole;
  for (const digest of touched) if (contents.get(digest)?.replacedBy) going.delete(digest);

  const alone = chosen.filter((tag) => !going.has(digestAt(snapshot, tag)));
  const steps = tagSteps(alone, { wanted, way, snapshot, contents });
  const context = { going, snapshot, contents, signal, report: report?.('attached') };
  const main = await describeDoomed(client, repository, [...going], context);
  const offered = offerOf(main, going);
  const asks = typeof attached === 'boolean' ? () => attached : has(attached);
  const { taken: more, unasked } = await takeAttached(
    main,
    { going, wanted, snapshot, asked: asks, byRegistry },
    async (found) => {
      const read = new Map(found.map((digest) => [digest, tagsOf(snapshot, digest)] as const));
      const its = { ...snapshot, byDigest: read };
      for (const [digest, held] of await readContents(registry, reader, repository, its, { seen, signal }))
        contents.set(digest, held);
      return await describeDoomed(client, repository, found, context);
    },
  );
  const manifests = [...main, ...more];
  const about = new Set(manifests.flatMap(({ attachedTags }) => attachedTags));
  const alsoRemoved = [
    ...main.flatMap((doomed) => doomed.tags.filter((tag) => !wanted.has(tag))),
    ...more.flatMap((doomed) => doomed.tags.filter((tag) => !wanted.has(tag) && !about.has(tag))),
  ];
  const gone = new Set(manifests.map(({ digest }) => digest));
  const removed = new Set([...alone, ...manifests.flatMap((doomed) => doomed.tags)]);
  const { freed, inChildren, atMost, of } = bytesFreed({ byDigest: everything }, contents, {
    doomed: going,
    removed,
  });
  const untagged = untaggedBelow(contents, { byDigest: everything, going, removed });
  const unseen = [...snapshot.unseen.keys()].filter((tag) => !asked.includes(tag));
  const unread = [...snapshot.heads].filter(
    ([tag, { digest }]) => contents.get(digest)?.unknown && !removed.has(tag),
  );
  // An image holds no other manifest; anything else may hold one that goes.
  const mayBreak = unread.some(([, { mediaType }]) => !isManifestType(mediaType));
  return {
    repository,
    request,
    asked: chosen,
    tagsAlone: steps.map(({ tag, digest, siblings = [] }) => ({ tag, digest, siblings })),
    aloneBy: way ?? 'name',
    manifests: manifests.map((doomed) => ({
      ...doomed,
      bytes: of.get(doomed.digest),
      untagged: untagged(doomed.digest),
    })),
    alsoRemoved,
    attached: byRegistry
      ? { taken: true, byRegistry, manifests: more.length, tags: more.flatMap((doomed) => doomed.tags) }
      : { taken: attached === true, byRegistry, ...offered },
    blocked,
    immutable: snapshot.immutable,
    leftOut,
    staying: [...snapshot.heads.keys(), ...snapshot.unseen.keys()].filter(
      (tag) => !removed.has(tag) && !isAttachedTag(tag),
    ).length,
    unseen,
    unread: unread.map(([tag]) => tag),
    needsConsent:
      alsoRemoved.length > 0 ||
      unasked > 0 ||
      manifests.some(({ indexes }) => indexes.length > 0) ||
      ((unseen.length > 0 || mayBreak) && manifests.length > 0),
    bytesFreed: freed,
    bytesInChildren: inChildren,
    bytesAtMost: atMost || (freed + inChildren > 0 && unseen.length > 0),
    countsPulls,
    garbageCollection,
    refilled: (await abilities.proxyCaches?.caches(repository, signal)) === true,
    steps: [
      ...steps,
      ...inOrder(manifests, contents, { byRegistry }).map((doomed): DeleteStep => {
        const { digest, tags: all, after } = doomed;
        const takes = byRegistry ? takenWith(doomed, manifests) : [];
        const stay = doomed.referrers.flatMap((one) => (gone.has(one.digest) ? [] : one.digest));
        return {
          kind: 'deleteManifest',
          digest,
          tags: all,
          ...(takes.length > 0 ? { takes } : {}),
          ...(after.length > 0 ? { after } : {}),
          ...(stay.length > 0 ? { attached: stay } : {}),
        };
      }),
    ],
    looked: new Map([...snapshot.heads].map(([tag, { digest }]) => [tag, digest])),
  };
}

/** Takes out of `going` what an index that stays contains: its tags can go alone, so nothing needs to break. */
function keepContained(
  going: Set<string>,
  named: ReadonlySet<string>,
  { byDigest }: Snapshot,
  contents: Contents,
): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const index of byDigest.keys()) {
      if (going.has(index)) continue;
      for (const child of contents.get(index)?.contained ?? [])
        if (!named.has(child) && going.delete(child)) changed = true;
    }
  }
}

/** Of images with a tag that was not asked for: the tags that were, and those others. */
function shared(asked: readonly string[], snapshot: Snapshot): DeletionPlanData['leftOut'] {
  const wanted = new Set(asked);
  return [...new Set(asked.map((tag) => digestAt(snapshot, tag)))].flatMap((digest) => {
    const { true: tags = [], false: siblings = [] } = Object.groupBy(tagsOf(snapshot, digest), (tag) =>
      wanted.has(tag) ? 'true' : 'false',
    );
    return siblings.length > 0 ? [{ digest, tags, siblings }] : [];
  });
}

function has(digests: readonly string[]): (digest: string) => boolean {
  const all = new Set(digests);
  return (digest) => all.has(digest);
}
