import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { algorithmOf, digestOf } from '../model/digest.ts';
import { parseImageConfig } from '../model/image.ts';
import { attestedDigest, classifyEntry, isAttestation } from '../model/kind.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { isImageConfigType } from '../model/media-types.ts';
import { isSamePlatform, type Platform, parsePlatform } from '../model/platform.ts';
import type { PlatformChoice } from './types.ts';

/** Indexes within indexes; real ones nest twice. */
const DEPTH_MAX = 8;
/** Entries of an index looked at at a time, where their platform is in themselves. */
const READS = 6;

/** The index as it will be written, and the digests of those of its children, at every depth, that go along. */
export interface Filtered {
  root: RawManifest;
  kept: ReadonlySet<string>;
  /** Indexes that no registry has: the root and those below it that lost platforms. */
  made: readonly RawManifest[];
}

/** Reads the platform from elsewhere where an index does not name it. */
export interface PlatformSource {
  manifest(digest: string): Promise<RawManifest>;
  config(config: Descriptor): Promise<Uint8Array>;
}

/**
 * Leaves out the platforms that were not chosen, also in indexes within an index. Attestations stay with the images they speak of.
 * The platform that an index does not name is in the image's config; what is no image has no platform and goes along.
 *
 * @throws {RegistryError} `notFound` where no image is left; those of reading.
 */
export async function filterPlatforms(
  raw: RawManifest,
  choice: PlatformChoice,
  source: PlatformSource,
): Promise<Filtered> {
  const filter = new Filter(choice, source);
  const found = await filter.look(raw, 0);
  if (found.chosen === 0 && found.images > 0) {
    const reason = `There is no image for ${choice.platforms.join(', ')} in ${raw.digest}.`;
    throw new RegistryError('notFound', '', { reason, side: 'source' });
  }
  return { root: found.instead ?? raw, kept: filter.kept, made: filter.made };
}

/** The images at or below a manifest. */
interface Found {
  images: number;
  /** Of them. */
  chosen: number;
  /** The index that is written instead: it lost platforms. */
  instead?: RawManifest;
}

/** What has no platform goes along. */
const NO_IMAGE: Found = { images: 0, chosen: 0 };

class Filter {
  readonly kept = new Set<string>();
  readonly made: RawManifest[] = [];
  readonly #index: PlatformChoice['index'];
  readonly #wanted: readonly Platform[];
  readonly #source: PlatformSource;

  constructor({ platforms, index }: PlatformChoice, source: PlatformSource) {
    this.#index = index;
    this.#wanted = platforms.flatMap((text) => parsePlatform(text) ?? []);
    this.#source = source;
  }

  async look(raw: RawManifest, depth: number): Promise<Found> {
    const manifest = parseManifest(raw);
    if (manifest.kind === 'index') return await this.#lookInto(raw, manifest.manifests, depth);
    if (manifest.kind !== 'image' || !isImageConfigType(manifest.config.mediaType)) return NO_IMAGE;
    const config = await this.#source.config(manifest.config);
    return this.#image(parseImageConfig(config, manifest.layers.length).platform);
  }

  async #lookInto(raw: RawManifest, entries: readonly Descriptor[], depth: number): Promise<Found> {
    if (depth >= DEPTH_MAX)
      throw new RegistryError('tooLarge', '', { reason: `The index ${raw.digest} is nested too deeply.` });
    const found: Found[] = [];
    await forEachLimit(entries.entries(), READS, async ([position, entry]) => {
      found[position] = await this.#lookAt(entry, depth);
    });
    const going = new Map<string, RawManifest | undefined>();
    let [images, chosen] = [0, 0];
    for (const [position, { digest }] of entries.entries()) {
      const each = found[position] ?? NO_IMAGE;
      images += each.images;
      chosen += each.chosen;
      if (each.images === 0 || each.chosen > 0) going.set(digest, each.instead);
    }
    for (const entry of entries) {
      const subject = isAttestation(entry) ? attestedDigest(entry) : undefined;
      if (subject !== undefined && !going.has(subject)) going.delete(entry.digest);
    }
    for (const [digest, instead] of going) this.kept.add(instead?.digest ?? digest);
    const whole = entries.every(({ digest }) => going.has(digest) && going.get(digest) === undefined);
    if (whole || chosen === 0 || this.#index === 'sparse') return { images, chosen };
    const instead = rewrite(raw, going);
    this.made.push(instead);
    return { images, chosen, instead };
  }

  /** What an entry's descriptor says is not enough. */
  async #lookAt(entry: Descriptor, depth: number): Promise<Found> {
    const kind = classifyEntry(entry);
    if (kind !== 'index' && entry.platform) return this.#image(entry.platform);
    if (kind !== 'index' && kind !== 'image' && kind !== 'unknown') return NO_IMAGE;
    return await this.look(await this.#source.manifest(entry.digest), depth + 1);
  }

  #image(platform: Platform): Found {
    return { images: 1, chosen: this.#wanted.some((wanted) => isSamePlatform(platform, wanted)) ? 1 : 0 };
  }
}

/** @param going by digest, with what replaces it */
function rewrite(raw: RawManifest, going: ReadonlyMap<string, RawManifest | undefined>): RawManifest {
  // Parsed once already, strictly; here every field that we do not know is carried over as it is.
  const document = JSON.parse(new TextDecoder().decode(raw.bytes)) as { manifests: Descriptor[] };
  document.manifests = document.manifests
    .filter(({ digest }) => going.has(digest))
    .map((entry) => {
      const instead = going.get(entry.digest);
      return instead ? { ...entry, digest: instead.digest, size: instead.bytes.byteLength } : entry;
    });
  const bytes = new TextEncoder().encode(JSON.stringify(document, null, 2));
  return { digest: digestOf(bytes, algorithmOf(raw.digest)), mediaType: raw.mediaType, bytes };
}
