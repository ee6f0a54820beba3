import type { ImagePackage } from '../packages/image-package.ts';
import { compareVersions } from '../packages/versions/order.ts';
import { Turns } from '../turns.ts';
import type { PackageChange } from '../vocabulary/comparison.ts';

/** Types whose versions are `[epoch:]version[-release]`. */
const WITH_EPOCH: ReadonlySet<string> = new Set(['deb', 'rpm', 'alpm']);

export interface PackageRow {
  change: PackageChange;
  type: string;
  name: string;
  /** Versions that a side has; none where it has not the package. */
  left: string[];
  right: string[];
}

/** Packages of two images by type and name, and how many versions both have. */
export async function packageRows(
  left: readonly ImagePackage[],
  right: readonly ImagePackage[],
  signal?: AbortSignal,
): Promise<{ rows: PackageRow[]; same: number }> {
  const turns = new Turns();
  const found = new Map<string, PackageRow>();
  for (const [side, packages] of [
    ['left', left],
    ['right', right],
  ] as const)
    for (const { type, name, version } of packages) {
      const key = JSON.stringify([type, name]);
      const row = found.get(key) ?? { change: 'changed', type, name, left: [], right: [] };
      if (!row[side].includes(version)) row[side].push(version);
      found.set(key, row);
      await turns.take(signal);
    }
  const rows: PackageRow[] = [];
  let same = 0;
  for (const row of found.values()) {
    const ones = new Set(row.left);
    const others = new Set(row.right);
    same += row.left.filter((version) => others.has(version)).length;
    const differs =
      row.left.some((version) => !others.has(version)) || row.right.some((version) => !ones.has(version));
    if (differs) rows.push({ ...row, change: changeOf(row) });
    await turns.take(signal);
  }
  const order = (one: PackageRow, other: PackageRow): number =>
    compare(one.type, other.type) || compare(one.name, other.name);
  return { rows: rows.sort(order), same };
}

/** By the one version of each side: several have no order among them. */
function changeOf({ type, left, right }: PackageRow): PackageChange {
  if (left.length === 0) return 'added';
  if (right.length === 0) return 'removed';
  const [one, other] = [statedIn(type, left[0] ?? ''), statedIn(type, right[0] ?? '')];
  const order = left.length === 1 && right.length === 1 ? compareVersions(type, one, other) : undefined;
  if (order === undefined || order === 0) return 'changed';
  return order < 0 ? 'upgraded' : 'downgraded';
}

/** Of distributions: whoever installs takes a missing epoch for 0, and a missing release for none. */
function statedIn(type: string, version: string): string {
  if (!WITH_EPOCH.has(type) || version === '') return version;
  const dated = /^\d+:/.test(version) ? version : `0:${version}`;
  return dated.includes('-') ? dated : `${dated}-0`;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
