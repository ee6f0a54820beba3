import { RegistryError } from '../errors.ts';
import { algorithmOf, digestOf } from '../model/digest.ts';
import { attestedDigest } from '../model/kind.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { isIndexType } from '../model/media-types.ts';
import type { Platform } from '../model/platform.ts';
import type { PlatformChoice } from './types.ts';

/** The index as it will be written, and the digests of those of its children that go along. */
interface Filtered {
  root: RawManifest;
  kept: ReadonlySet<string>;
}

/**
 * Leaves out the platforms that were not chosen. Attestations stay with the images they speak of; nested indexes stay whole.
 *
 * @throws {RegistryError} `notFound` where nothing is left.
 */
export function filterPlatforms(raw: RawManifest, choice: PlatformChoice): Filtered {
  const manifest = parseManifest(raw);
  if (manifest.kind !== 'index') return { root: raw, kept: new Set() };
  const kept = new Set<string>();
  for (const entry of manifest.manifests) {
    if (isIndexType(entry.mediaType) || (entry.platform && isChosen(entry.platform, choice.platforms)))
      kept.add(entry.digest);
  }
  if (kept.size === 0) {
    throw new RegistryError('notFound', '', {
      reason: `There is no image for ${choice.platforms.join(', ')} in ${raw.digest}.`,
      side: 'source',
    });
  }
  for (const entry of manifest.manifests) {
    const subject = attestedDigest(entry);
    if (subject !== undefined && kept.has(subject)) kept.add(entry.digest);
  }
  const whole = manifest.manifests.every(({ digest }) => kept.has(digest));
  return { root: whole || choice.index === 'sparse' ? raw : rewrite(raw, kept), kept };
}

function rewrite(raw: RawManifest, kept: ReadonlySet<string>): RawManifest {
  // Parsed once already, strictly; here every field that we do not know is carried over as it is.
  const document = JSON.parse(new TextDecoder().decode(raw.bytes)) as { manifests: Descriptor[] };
  document.manifests = document.manifests.filter(({ digest }) => kept.has(digest));
  const bytes = new TextEncoder().encode(JSON.stringify(document, null, 2));
  return { digest: digestOf(bytes, algorithmOf(raw.digest)), mediaType: raw.mediaType, bytes };
}

function isChosen(platform: Platform, wanted: readonly string[]): boolean {
  return wanted.some((text) => {
    const [os, architecture, variant] = text.split('/');
    return (
      platform.os === os &&
      platform.architecture === architecture &&
      (variant === undefined || platform.variant === variant)
    );
  });
}
