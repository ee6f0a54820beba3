import { type Scan, type ScanScope, scan } from '../../common/inventory.ts';
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

export function isSameScope(one: ScanScope, other: ScanScope): boolean {
  return one.namespace === other.namespace && one.repository === other.repository;
}

/** Whether one has found what the other was to find, as far as it got. */
export function readsAlike(one: ScanScope, other: ScanScope): boolean {
  return one.readManifests === other.readManifests && one.dates === other.dates;
}

/** Whether it is recent enough to be continued; else it is begun anew. */
export function goesOn(kept: Scan, now: number): boolean {
  return now - Date.parse(kept.started) < GOES_ON_FOR * HOUR;
}
