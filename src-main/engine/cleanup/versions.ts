import type { SemverLines } from './types.ts';

interface Version {
  readonly tag: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly isStable: boolean;
}

const VERSION = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-._](.+))?$/i;
/** A line of versions: `1`, `v1.2`. */
const LINE = /^v?(\d{1,9})(?:\.(\d{1,9}))?$/i;
/** What begins with another word is a variant of the release: `1.2.3-alpine`. */
const UNSTABLE = /^(?:alpha|beta|rc|cr|pre|preview|dev|snapshot|nightly|canary|next|unstable|[abm]\d)/i;

function versionOf(tag: string): Version | undefined {
  const [, major, minor, patch, suffix = ''] = VERSION.exec(tag) ?? [];
  if (patch === undefined) return undefined;
  return {
    tag,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    isStable: !UNSTABLE.test(suffix),
  };
}

/** The newest first. */
function byPrecedence(one: Version, other: Version): number {
  return other.major - one.major || other.minor - one.minor || other.patch - one.patch;
}

/**
 * Of tags that are versions, those that are kept. Counted are patches that are released: with all its variants and prereleases each
 * is one, and prereleases beyond the newest stay with it. The newest stable version is always among them, and so are the tags that
 * name a line (`1`, `1.2`), for a line keeps its newest version.
 */
export function newestVersions(tags: readonly string[], { perMinor, perMajor }: SemverLines): Set<string> {
  const versions = tags.flatMap((tag) => versionOf(tag) ?? []).sort(byPrecedence);
  const minor = ({ major, minor }: Version): string => `${major}.${minor}`;
  const major = ({ major }: Version): string => String(major);
  const kept = new Set<string>();
  if (perMinor !== undefined) keepNewest(versions, minor, perMinor, kept);
  if (perMajor !== undefined) keepNewest(versions, major, perMajor, kept);
  // Without a word behind it it is stable whatever words are used for what is not.
  const stable = versions.find(({ tag }) => /^v?\d+\.\d+\.\d+$/i.test(tag));
  if (stable) kept.add(stable.tag);
  const lines = new Set(versions.flatMap((version) => [minor(version), major(version)]));
  for (const tag of tags) {
    const [, first, second] = LINE.exec(tag) ?? [];
    if (first === undefined) continue;
    const line = second === undefined ? String(Number(first)) : `${Number(first)}.${Number(second)}`;
    if (lines.has(line)) kept.add(tag);
  }
  return kept;
}

/** @param versions the newest first */
function keepNewest(
  versions: readonly Version[],
  lineOf: (version: Version) => string,
  limit: number,
  kept: Set<string>,
): void {
  const patches = new Map<string, Set<string>>();
  for (const version of versions) {
    const line = lineOf(version);
    const seen = patches.get(line) ?? new Set();
    patches.set(line, seen);
    const patch = `${version.minor}.${version.patch}`;
    if (seen.size >= limit && !seen.has(patch)) continue;
    kept.add(version.tag);
    if (version.isStable) seen.add(patch);
  }
}
