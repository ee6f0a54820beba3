import path from 'node:path';
import type { PlatformChoice } from '../../src-main/engine/index.ts';
import { Random } from '../../src-main/local-registry/samples/random.ts';
import { descriptor, manifestOf, mediaTypes } from '../support/images.ts';
import { type Attachment, chance, drawParcels, everyManifest, type Parcel } from './cargo.ts';
import { expectedOf } from './expected.ts';
import { drawLimits } from './faults.ts';
import { Site } from './site.ts';
import { TokenDesk } from './token-desk.ts';

/** A scenario's registries with what is in them beforehand, and what may be found in them at any time after. */
export interface Setup {
  readonly parcels: readonly Parcel[];
  readonly source: Site;
  readonly target: Site;
  /** Object storage that the source sends readers to, for one digest. */
  readonly store: { site: Site; digest: string } | undefined;
  readonly sameRegistry: boolean;
  readonly attached: boolean;
  readonly platforms: PlatformChoice | undefined;
  /** Looks for blobs when their turn comes, as a command does whose plan no one reads. */
  readonly looksLater: boolean;
  /** Looks at tags again before they are written. */
  readonly checkTags: boolean;
  /** Upload locations kept from attempt to attempt, as the app keeps them; undefined where no one does. */
  readonly sessions: Map<string, string> | undefined;
  /** `repository digest` of each blob that an attempt copied, as the app's journal has them. */
  readonly copied: Set<string>;
  /** What each `repository:tag` of the target may point at. */
  readonly allowed: Map<string, Set<string>>;
  /** What is called at the end of the request of that number. */
  readonly events: Map<number, () => void>;
  /** Requests to all registries so far. */
  requests(): number;
}

/** The fallback tag of the specification for registries without a list of referrers. */
export function fallbackTag(digest: string): string {
  const [algorithm, hash = ''] = digest.split(':');
  return `${algorithm}-${hash.slice(0, 64)}`;
}

/** @param sites is given each registry that was opened, for the caller to close */
export async function makeSetup(seed: string, folder: string, sites: Site[]): Promise<Setup> {
  const random = new Random(`${seed}/setup`);
  const events = new Map<number, () => void>();
  let requests = 0;
  const open = async (name: string, desk?: TokenDesk): Promise<Site> => {
    const onRequest = (): void => {
      requests++;
      events.get(requests)?.();
    };
    const site = await Site.open(path.join(folder, name), { limits: drawLimits(random), desk, onRequest });
    sites.push(site);
    return site;
  };
  const drawDesk = async (): Promise<TokenDesk | undefined> =>
    chance(random, 25) ? await TokenDesk.open(random.pick([2, 5, 20, 1_000])) : undefined;
  const sameRegistry = chance(random, 30);
  const source = await open('source', await drawDesk());
  const target = sameRegistry ? source : await open('target', await drawDesk());
  const parcels = drawParcels(seed, sameRegistry);
  const allowed = new Map<string, Set<string>>();
  const attached = chance(random, 60);
  const platforms: PlatformChoice | undefined = chance(random, 20)
    ? { platforms: ['linux/amd64'], index: 'rewritten' }
    : undefined;
  for (const parcel of parcels) await place(parcel, { source, target });
  for (const parcel of parcels) {
    const { target: to, before } = parcel;
    const digests = [before?.digest ?? '', expectedOf(parcel, { attached, platforms }).digest];
    allowed.set(`${to.repository}:${to.tag}`, new Set(digests));
  }
  const blobs = parcels.flatMap(({ image }) => everyManifest(image)).flatMap((manifest) => manifest.blobs);
  const kept = chance(random, 25) ? blobs[random.below(blobs.length)] : undefined;
  const store = kept && { site: await open('store'), digest: kept.digest };
  if (store) await store.site.putBlob('store', kept);
  return {
    parcels,
    source,
    target,
    store,
    sameRegistry,
    attached,
    platforms,
    looksLater: new Set(parcels.map(({ target: to }) => to.repository)).size === 1 && chance(random, 60),
    checkTags: chance(random, 50),
    sessions: chance(random, 70) ? new Map() : undefined,
    copied: new Set(),
    allowed,
    events,
    requests: () => requests,
  };
}

async function place(
  { image, source: from, target: to, attachments, before }: Parcel,
  { source, target }: Pick<Setup, 'source' | 'target'>,
): Promise<void> {
  await source.put(from.repository, image, from.reference);
  for (const { manifest, tag } of attachments) await source.put(from.repository, manifest, tag);
  if (source.limits.referrers === false) await placeFallback(source, from.repository, attachments);
  if (before) await target.put(to.repository, before, to.tag);
}

async function placeFallback(
  site: Site,
  repository: string,
  attachments: readonly Attachment[],
): Promise<void> {
  const bySubject = Map.groupBy(
    attachments.filter(({ tag }) => tag === undefined),
    ({ subject }) => subject,
  );
  for (const [subject, own] of bySubject) {
    const manifests = own.map(({ manifest }) => descriptor(manifest));
    const index = manifestOf({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests }, []);
    await site.put(repository, index, fallbackTag(subject));
  }
}
