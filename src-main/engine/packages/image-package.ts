import { sortInSlices } from '../layers/slices.ts';
import type { Turns } from '../turns.ts';

/** A package of an image. */
export interface ImagePackage {
  /** Of package URLs: `deb`, `npm`, …; what an SBOM does not say is `generic`. */
  type: string;
  name: string;
  /** Empty where none is stated. */
  version: string;
  licence?: string;
  purl?: string;
  /** The layer that brought it, from 0: since then it was there. An SBOM may not say. */
  layer?: number;
  /** Files that name it. */
  paths: readonly string[];
}

/** By type, name and version, sorted in slices. */
export async function sortedByName(packages: readonly ImagePackage[], turns: Turns): Promise<ImagePackage[]> {
  const order = Uint32Array.from(packages.keys());
  const none: ImagePackage = { type: '', name: '', version: '', paths: [] };
  const at = (position: number) => packages[position] ?? none;
  const sorted = await sortInSlices(order, (one, other) => byName(at(one), at(other)), turns);
  return [...sorted].map(at);
}

function byName(a: ImagePackage, b: ImagePackage): number {
  return compare(a.type, b.type) || compare(a.name, b.name) || compare(a.version, b.version);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
