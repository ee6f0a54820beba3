import type { IndexEntry, Platform } from '../../src-main/common/image.ts';
import { formatPlatform } from '../ui/format.ts';

/** Builders write `unknown/unknown` for what has no platform. */
function isKnown(platform: Platform | undefined): platform is Platform {
  return platform !== undefined && platform.os !== 'unknown' && platform.os !== '';
}

/** A child of an index with the attestations that speak of it. */
export interface IndexChild {
  entry: IndexEntry;
  /** Its platform in words, where it has one. */
  platform?: string;
  attestations: readonly IndexEntry[];
}

export interface IndexContents {
  /** Images, nested indexes and artifacts, in the index's order. */
  children: readonly IndexChild[];
  /** Attestations that speak of nothing in this index. */
  loose: readonly IndexEntry[];
}

/** Ties each attestation to the manifest it speaks of; an attestation is never a platform. */
export function indexContents(entries: readonly IndexEntry[]): IndexContents {
  const attestations = entries.filter(({ kind }) => kind === 'attestation');
  const children = entries.filter(({ kind }) => kind !== 'attestation');
  const digests = new Set(children.map(({ digest }) => digest));
  return {
    children: children.map((entry) => ({
      entry,
      ...(isKnown(entry.platform) ? { platform: formatPlatform(entry.platform) } : {}),
      attestations: attestations.filter(({ attests }) => attests === entry.digest),
    })),
    loose: attestations.filter(({ attests }) => attests === undefined || !digests.has(attests)),
  };
}

/** The child to open first: the one asked for, else Linux on the usual architecture, else the first image. */
export function chosenChild(children: readonly IndexChild[], asked?: string): IndexChild | undefined {
  const images = children.filter(({ entry }) => entry.kind === 'image');
  const manifests = children.filter(({ entry }) => entry.kind !== 'blob');
  return (
    manifests.find(
      ({ entry, platform }) => asked !== undefined && (entry.digest === asked || platform === asked),
    ) ??
    images.find(({ platform }) => platform === 'linux/amd64') ??
    images[0] ??
    manifests[0]
  );
}
