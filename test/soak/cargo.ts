import { createHash } from 'node:crypto';
import { Random } from '../../src-main/local-registry/samples/random.ts';
import {
  amd64,
  arm64,
  blob,
  descriptor,
  type IndexEntry,
  makeAttestation,
  makeIndex,
  manifestOf,
  mediaTypes,
  type Platform,
  seededBytes,
  type TestBlob,
  type TestManifest,
} from '../support/images.ts';

/** What hangs on a manifest: a referrer of a subject, or what a tag of cosign's names. */
export interface Attachment {
  readonly manifest: TestManifest;
  /** Digest it belongs to. */
  readonly subject: string;
  /** Cosign's tag; without one it is a referrer. */
  readonly tag?: string;
}

/** One tag that is to be carried over. */
export interface Parcel {
  readonly source: { readonly repository: string; readonly reference: string };
  readonly target: { readonly repository: string; readonly tag: string };
  readonly image: TestManifest;
  readonly attachments: readonly Attachment[];
  /** What the target's tag points at beforehand. */
  readonly before?: TestManifest;
}

const SIZES = [0, 1, 2, 700, 4_096, 30_000, 65_536, 65_537, 150_000, 200_000] as const;
const ARMV7: Platform = { os: 'linux', architecture: 'arm', variant: 'v7' };

/** True so many times in a hundred. */
export function chance(random: Random, percent: number): boolean {
  return random.below(100) < percent;
}

/** One to four tags whose images share layers, within one or two repositories on each side. */
export function drawParcels(seed: string, sameRegistry: boolean): Parcel[] {
  const random = new Random(`${seed}/cargo`);
  const maker = new Maker(seed, random);
  const count = 1 + random.below(4);
  const parcels: Parcel[] = [];
  for (let number = 0; number < count; number++) {
    const earlier = parcels.at(-1);
    // The same image under two tags, or in two repositories, is what repositories are full of.
    const again = earlier && chance(random, 25) ? earlier : undefined;
    const image = again?.image ?? maker.root();
    const repository = again?.source.repository ?? random.pick(['from/one', 'from/two']);
    const inPlace = sameRegistry && chance(random, 15);
    parcels.push({
      source: { repository, reference: again ? again.source.reference : `v${number}` },
      target: {
        repository: inPlace ? repository : random.pick(['to/one', 'to/two', 'one']),
        tag: `t${number}`,
      },
      image,
      attachments: again?.attachments ?? (chance(random, 40) ? maker.attachments(image) : []),
      ...(chance(random, 25) ? { before: chance(random, 30) ? image : maker.root() } : {}),
    });
  }
  return parcels;
}

/** A manifest and all below it, itself last. */
export function everyManifest(root: TestManifest): TestManifest[] {
  return [...root.children.flatMap(everyManifest), root];
}

/** Makes images out of a few blobs, so that they share them. */
class Maker {
  readonly #seed: string;
  readonly #random: Random;
  readonly #pool: readonly [TestBlob, ...TestBlob[]];
  #made = 0;

  constructor(seed: string, random: Random) {
    this.#seed = seed;
    this.#random = random;
    const pool = Array.from({ length: 4 + random.below(4) }, (_, number) => this.#layer(number));
    this.#pool = [this.#layer(pool.length), ...pool];
  }

  root(): TestManifest {
    const kind = this.#random.below(10);
    if (kind < 5) return this.#image();
    const index = this.#index();
    if (kind < 9) return index;
    return makeIndex([
      { manifest: index, platform: amd64 },
      { manifest: this.#image(), platform: arm64 },
    ]);
  }

  /** Signatures, SBOMs and the signature of an SBOM, on the image or on one of its platforms. */
  attachments(image: TestManifest): Attachment[] {
    const found: Attachment[] = [];
    const whole = everyManifest(image);
    for (let count = 1 + this.#random.below(3); count > 0; count--) {
      const subject = chance(this.#random, 60) ? image : (whole[this.#random.below(whole.length)] ?? image);
      const referrer = this.#image(subject);
      found.push({ manifest: referrer, subject: subject.digest });
      if (chance(this.#random, 30)) found.push({ manifest: this.#image(referrer), subject: referrer.digest });
    }
    if (chance(this.#random, 50))
      found.push({
        manifest: this.#image(),
        subject: image.digest,
        tag: `${image.digest.replace(':', '-')}.${this.#random.pick(['sig', 'att', 'sbom'])}`,
      });
    return found;
  }

  #index(): TestManifest {
    const platforms = [amd64, arm64, ARMV7].slice(0, 1 + this.#random.below(3));
    const entries: IndexEntry[] = platforms.map((platform) => ({ platform, manifest: this.#image() }));
    const [first] = entries;
    if (first && chance(this.#random, 30)) entries.push(makeAttestation(first.manifest));
    return makeIndex(entries);
  }

  #image(subject?: TestManifest): TestManifest {
    const family = subject || chance(this.#random, 70) ? 'oci' : 'docker';
    const types = mediaTypes[family];
    const label = `${this.#seed}/${this.#made++}`;
    const config = blob(types.config, Buffer.from(JSON.stringify({ ...amd64, config: { Env: [label] } })));
    const layers = Array.from({ length: this.#random.below(5) }, () => ({
      ...this.#random.pick(this.#pool),
      mediaType: types.layer,
    }));
    return manifestOf(
      {
        schemaVersion: 2,
        mediaType: types.manifest,
        config: descriptor(config),
        layers: layers.map(descriptor),
        ...(subject && { subject: descriptor(subject), artifactType: 'application/vnd.example.report' }),
      },
      [config, ...layers],
    );
  }

  #layer(number: number): TestBlob {
    const bytes = seededBytes(`${this.#seed}/${number}`, this.#random.pick(SIZES));
    const layer = blob(mediaTypes.oci.layer, bytes);
    if (!chance(this.#random, 10)) return layer;
    return { ...layer, digest: `sha512:${createHash('sha512').update(bytes).digest('hex')}` };
  }
}
