import { Turns } from '../turns.ts';
import {
  type Distribution,
  type FoundPackage,
  type LayerFindings,
  PACKAGES_MAX,
  type PackageProblem,
} from './found.ts';
import { type ImagePackage, sortedByName } from './image-package.ts';
import { purlOf } from './purl.ts';

export interface ImagePackages {
  /** By type and name. */
  packages: readonly ImagePackage[];
  release?: Distribution;
  problems: readonly PackageProblem[];
}

/** A layer whose files were looked at, and what its tree takes away from those below. */
export interface JoinedLayer {
  findings: LayerFindings;
  /** Whether what lay at the path in lower layers is not seen any more: removed, or another thing in its place. */
  hides(path: string): boolean;
}

/** Of one file as it is after some layer: its packages, with the layer since which each was there. */
type Standing = ReadonlyMap<string, { found: FoundPackage; since: number }>;

/** What all layers make together, base first: what a later layer removes is not there. */
export async function joinFindings(
  layers: Iterable<JoinedLayer> | AsyncIterable<JoinedLayer>,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<ImagePackages> {
  const turns = new Turns(1);
  const standing = new Map<string, Standing>();
  const licences = new Map<string, string>();
  let release: Distribution | undefined;
  const problems: PackageProblem[] = [];
  let layer = 0;
  for await (const { findings, hides } of layers) {
    const own = new Map(findings.files.map(({ path, packages }) => [path, packages]));
    for (const path of standing.keys()) {
      await turns.take(signal);
      if (!own.has(path) && hides(path)) standing.delete(path);
    }
    for (const [path, packages] of own) {
      const before = standing.get(path);
      const now = new Map<string, { found: FoundPackage; since: number }>();
      for (const found of packages) {
        await turns.take(signal);
        const key = keyOf(found);
        now.set(key, { found, since: before?.get(key)?.since ?? layer });
      }
      standing.set(path, now);
    }
    for (const [name, licence] of Object.entries(findings.licences)) licences.set(name, licence);
    release = findings.release ?? release;
    for (const problem of findings.problems) problems.push({ ...problem, layer });
    layer += 1;
  }
  const merged = new Map<string, { found: FoundPackage; since: number; paths: string[] }>();
  for (const [path, packages] of standing) {
    for (const [key, { found, since }] of packages) {
      await turns.take(signal);
      const known = merged.get(key);
      if (!known) merged.set(key, { found, since, paths: [path] });
      else {
        known.since = Math.min(known.since, since);
        known.paths.push(path);
      }
    }
  }
  if (merged.size > PACKAGES_MAX)
    problems.push({
      code: 'tooMany',
      reason: `The image has ${merged.size} packages; ${PACKAGES_MAX} of them are shown.`,
    });
  const packages: ImagePackage[] = [];
  for (const { found, since, paths } of merged.values()) {
    if (packages.length === PACKAGES_MAX) break;
    await turns.take(signal);
    const licence = found.licence ?? (found.type === 'deb' ? licences.get(found.name) : undefined);
    packages.push({
      type: found.type,
      name: found.group === undefined ? found.name : `${found.group}:${found.name}`,
      version: found.version,
      ...(licence === undefined ? {} : { licence }),
      purl: purlOf(found, release),
      layer: since,
      paths,
    });
  }
  return {
    packages: await sortedByName(packages, turns),
    ...(release ? { release } : {}),
    problems,
  };
}

function keyOf({ type, group = '', name, version, architecture = '' }: FoundPackage): string {
  return JSON.stringify([type, group, name, version, architecture]);
}
