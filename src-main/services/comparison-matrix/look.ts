import { MAX_AGE, type MatrixLooking, type SideLooking } from '../../common/comparison-matrix.ts';
import type { Scan } from '../../common/inventory.ts';
import type { Inventory } from '../../data/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import type { InventoryService } from '../core/inventory.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import { scanWhole } from '../scan-whole.ts';
import { telling } from '../telling.ts';
import type { CallOptions } from '../types.ts';
import { partOf } from './known-sides.ts';
import { NamesElsewhere } from './names-elsewhere.ts';

const MINUTE = 60_000;

export interface LookOptions extends CallOptions {
  inventory: Inventory;
  scans: InventoryService;
  now: () => Date;
  maxAge?: number | undefined;
}

/** Looks at all sides at once, those of one registry one after the other. A side that fails costs itself only. */
export async function* lookAt(
  sides: readonly MatrixSideAt[],
  { inventory, scans, now, maxAge = MAX_AGE, signal }: LookOptions,
): AsyncGenerator<MatrixLooking, MatrixLooking, void> {
  const since = now().getTime() - maxAge * MINUTE;
  const looking = sides.map(
    (): SideLooking => ({
      state: 'waits',
      repositories: { done: 0, total: 0 },
      tags: { done: 0, total: 0 },
      requests: 0,
      unread: 0,
    }),
  );
  const elsewhere = new NamesElsewhere(sides, { inventory, scans, since });
  const found = () => ({ sides: looking });
  return yield* telling(
    async (stop) => {
      const work = sides.map(async (side, at) => {
        const set = (changes: Partial<SideLooking>) => {
          const before = looking[at];
          if (before) looking[at] = { ...before, ...changes };
        };
        const listed = () => elsewhere.listed(at);
        const names = (signal: AbortSignal) => elsewhere.of(at, signal);
        try {
          await bring(side, { scans, since, signal: stop, set, listed, names });
        } catch (error) {
          if (stop.aborted) throw error;
          set({ state: 'failed', failure: failureOf(error) });
        } finally {
          listed();
        }
      });
      // All of them have stopped before this has.
      for (const each of await Promise.allSettled(work)) if (each.status === 'rejected') throw each.reason;
      return found();
    },
    found,
    signal,
  );
}

interface Bringing {
  scans: InventoryService;
  /** Unix milliseconds: what was looked at since is fresh. */
  since: number;
  signal: AbortSignal;
  set: (changes: Partial<SideLooking>) => void;
  /** What the side has is known, as far as it will be before other sides are done. */
  listed: () => void;
  /** What it may be asked for where it gives no list. */
  names: (signal: AbortSignal) => Promise<readonly string[]>;
}

async function bring(
  side: MatrixSideAt,
  { scans, since, signal, set, listed, names }: Bringing,
): Promise<void> {
  const { registry } = side;
  const part = partOf(side);
  for (;;) {
    const last = await scans.lastOf(registry, part);
    const isFresh = last !== undefined && Date.parse(last.started) >= since;
    // What it was not asked for by name then is asked for now.
    if (isFresh && (!last.byName || (await names(signal)).length === 0)) {
      set({ ...progressOf(last), state: 'fresh', requests: 0 });
      return;
    }
    const scope = { ...part, readManifests: false, dates: false, digestsOnly: true as const };
    try {
      await scanWhole(scans, registry, scope, {
        signal,
        names,
        seen: (scan) => {
          if (scan.listed) listed();
          set({ ...progressOf(scan), state: 'running' });
        },
      });
      set({ state: 'done' });
      return;
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'busy') || signal.aborted) throw error;
      set({ state: 'waits' });
      // It may be that another side is looked at there, and waits for what is known of this one.
      listed();
      await scans.whenFree(registry, { signal });
    }
  }
}

function progressOf({ repositories, tags, requests, unread, firstUnread }: Scan): Partial<SideLooking> {
  return { repositories, tags, requests, unread, ...(firstUnread ? { firstUnread } : {}) };
}
