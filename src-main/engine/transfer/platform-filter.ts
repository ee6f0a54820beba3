import { RegistryError } from '../errors.ts';
import { algorithmOf, digestOf } from '../model/digest.ts';
import { parseImageConfig } from '../model/image.ts';
import { attestedDigest } from '../model/kind.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { isImageConfigType, isIndexType } from '../model/media-types.ts';
import { isSamePlatform, type Platform, parsePlatform } from '../model/platform.ts';
import type { PlatformChoice } from './types.ts';

/** The index as it will be written, and the digests of those of its children that go along. */
interface Filtered {
  root: RawManifest;
  kept: ReadonlySet<string>;
}

/**
 * Leaves out the platforms that were not chosen. Attestations stay with the images they speak of; nested indexes stay whole. An
 * image outside an index is taken or not by what its config says; what is no image has no platform and is taken.
 *
 * @param readConfig reads the config of an image
 * @throws {RegistryError} `notFound` where nothing is left.
 */
export async function filterPlatforms(
  raw: RawManifest,
  choice: PlatformChoice,
  readConfig: (config: Descriptor) => Promise<Uint8Array>,
): Promise<Filtered> {
  const manifest = parseManifest(raw);
  if (manifest.kind === 'image' && isImageConfigType(manifest.config.mediaType)) {
    const { platform } = parseImageConfig(await readConfig(manifest.config), manifest.layers.length);
    if (!isChosen(platform, choice.platforms)) throw noneOf(choice, raw);
  }
  if (manifest.kind !== 'index') return { root: raw, kept: new Set() };
  const kept = new Set<string>();
  for (const entry of manifest.manifests) {
    if (isIndexType(entry.mediaType) || (entry.platform && isChosen(entry.platform, choice.platforms)))
      kept.add(entry.digest);
  }
  if (kept.size === 0) throw noneOf(choice, raw);
  for (const entry of manifest.manifests) {
    const subject = attestedDigest(entry);
    if (subject !== undefined && kept.has(subject)) kept.add(entry.digest);
  }
  const whole = manifest.manifests.every(({ digest }) => kept.has(digest));
  return { root: whole || choice.index === 'sparse' ? raw : rewrite(raw, kept), kept };
}

function noneOf({ platforms }: PlatformChoice, { digest }: RawManifest): RegistryError {
  const reason = `There is no image for ${platforms.join(', ')} in ${digest}.`;
  return new RegistryError('notFound', '', { reason, side: 'source' });
}

function rewrite(raw: RawManifest, kept: ReadonlySet<string>): RawManifest {
  // Parsed once already, strictly; here every field that we do not know is carried over as it is.
  const document = JSON.parse(new TextDecoder().decode(raw.bytes)) as { manifests: Descriptor[] };
  document.manifests = document.manifests.filter(({ digest }) => kept.has(digest));
  const bytes = new TextEncoder().encode(JSON.stringify(document, null, 2));
  return { digest: digestOf(bytes, algorithmOf(raw.digest)), mediaType: raw.mediaType, bytes };
}

function isChosen(platform: Platform, wanted: readonly string[]): boolean {
  return wanted.some((words) => {
    const one = parsePlatform(words);
    return one !== undefined && isSamePlatform(platform, one);
  });
}
