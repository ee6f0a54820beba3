import { type Scan, type ScannedPart, type ScanScope, scan } from '../../common/inventory.ts';
import type { Inventory } from '../../data/index.ts';

/** Hours after which a scan that stopped is begun anew: what it looked at first is too old by then. */
const GOES_ON_FOR = 24;
const HOUR = 3_600_000;

/** As rows keep it. */
const keptScan = scan.extend({ status: scan.shape.status.catch('interrupted') });

export type KeptRow = Awaited<ReturnType<Inventory['scans']>>[number];

/** Undefined for what a newer version wrote. */
export function scanOf(row: KeptRow): Scan | undefined {
  return keptScan.safeParse(row.scan).data;
}

/** One for digests alone stands beside the other: it does not find what that has found. */
export function isSameScope(one: ScanScope, other: ScanScope): boolean {
  return (
    one.namespace === other.namespace &&
    one.repository === other.repository &&
    one.digestsOnly === other.digestsOnly
  );
}

/** Whether one has found what the other was to find, as far as it got. */
export function readsAlike(one: ScanScope, other: ScanScope): boolean {
  return one.readManifests === other.readManifests && one.dates === other.dates && one.retry === other.retry;
}

/** Whether it is recent enough to be continued; else it is begun anew. */
export function goesOn(kept: Scan, now: number): boolean {
  return now - Date.parse(kept.started) < GOES_ON_FOR * HOUR;
}

/** Whether what one looks into is all that another would, and maybe more. */
export function covers(one: ScannedPart, other: ScannedPart): boolean {
  if (one.repository !== undefined) return one.repository === other.repository;
  if (one.namespace === undefined || one.namespace === other.namespace) return true;
  return (other.repository ?? other.namespace ?? '').startsWith(`${one.namespace}/`);
}
