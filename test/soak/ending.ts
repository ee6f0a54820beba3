import { everyManifest, type Parcel } from './cargo.ts';
import { expectedOf } from './expected.ts';
import { fallbackTag, type Setup } from './setup.ts';
import { closureOf, openSessions, readStored, type StoredRepository, Violation } from './stored.ts';

type Stored = ReadonlyMap<string, StoredRepository>;

/**
 * Whatever happened: all that the target has is whole, and each tag points where it pointed before or where it should.
 *
 * @throws {Violation}
 */
export async function checkNothingIncomplete(setup: Setup): Promise<Stored> {
  const repositories = setup.parcels.flatMap(({ source, target }) => [target.repository, source.repository]);
  const stored = await readStored(setup.target.folder, repositories);
  for (const [place, allowed] of setup.allowed) {
    const [repository = '', tag = ''] = place.split(':');
    const digest = stored.get(repository)?.tags.get(tag) ?? '';
    if (!allowed.has(digest)) throw new Violation(`${place} points at ${digest || 'nothing'}.`);
  }
  return stored;
}

/** Each tag is there with all it should have, and nothing was left open. @throws {Violation} */
export async function checkComplete(setup: Setup, { faultless }: { faultless: boolean }): Promise<void> {
  const stored = await checkNothingIncomplete(setup);
  for (const parcel of setup.parcels) await checkParcel(setup, parcel, stored);
  const open = await openSessions(setup.target.folder);
  if (faultless && open > 0) throw new Violation(`${open} uploads were left open though nothing went wrong.`);
}

async function checkParcel(setup: Setup, parcel: Parcel, stored: Stored): Promise<void> {
  const { target, attachments } = parcel;
  const place = `${target.repository}:${target.tag}`;
  const repository = stored.get(target.repository);
  const root = repository?.tags.get(target.tag);
  if (!repository || root === undefined) throw new Violation(`${place} is missing.`);
  const whole = await closureOf(setup.target.folder, root);
  const expected = expectedOf(parcel, setup);
  if (root !== expected.digest)
    throw new Violation(`${place} points at ${root} and not at ${expected.digest}.`);
  const below = new Set(everyManifest(expected).map(({ digest }) => digest));
  if (new Set(whole).size !== below.size || !whole.every((digest) => below.has(digest)))
    throw new Violation(`${place} reaches other manifests than it should.`);
  if (setup.attached)
    await checkAttached(setup, parcel, { repository, reached: new Set(whole), attachments });
}

async function checkAttached(
  setup: Setup,
  { target }: Parcel,
  {
    repository,
    reached,
    attachments,
  }: { repository: StoredRepository; reached: Set<string>; attachments: Parcel['attachments'] },
): Promise<void> {
  // An attachment's own attachments come after it.
  for (const { manifest, subject, tag } of attachments) {
    if (!reached.has(subject)) continue;
    reached.add(manifest.digest);
    const there =
      tag === undefined
        ? repository.manifests.has(manifest.digest)
        : repository.tags.get(tag) === manifest.digest;
    if (!there) throw new Violation(`${target.repository} lacks ${tag ?? manifest.digest} of ${subject}.`);
    if (tag !== undefined || setup.target.limits.referrers !== false) continue;
    const fallback = repository.tags.get(fallbackTag(subject));
    const listed = fallback === undefined ? [] : await closureOf(setup.target.folder, fallback);
    if (!listed.includes(manifest.digest))
      throw new Violation(`${target.repository} has ${manifest.digest}, and ${subject} does not tell of it.`);
  }
}
