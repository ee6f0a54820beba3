import { median } from '../report.ts';
import type { Client } from './clients.ts';
import type { Counts } from './proxies/counting.ts';
import { ClientFailure, type Outcome, type Stage } from './stage.ts';

/** A client whose first run took longer is run no more: its median would cost more than it is worth. Seconds. */
const SLOW = 90;

/** What one client did in one scenario. */
export interface ClientResult {
  readonly client: Client;
  readonly outcomes: readonly Outcome[];
  /** From a run of its own; where each run is counted, those of the run that sent most. */
  readonly counts: Counts | undefined;
  /** Why there is none, or no more. */
  readonly failure: ClientFailure | undefined;
}

interface Running {
  readonly client: Client;
  readonly outcomes: Outcome[];
  counts?: Counts;
  failure?: ClientFailure;
}

/** Runs the clients one after another, so many rounds; each round begins with another of them. Then each once to be counted. */
export async function compare(
  stage: Stage,
  clients: readonly Client[],
  { runs, healthy = false }: { runs: number; healthy?: boolean },
): Promise<ClientResult[]> {
  const all: Running[] = clients.map((client) => ({ client, outcomes: [] }));
  for (let round = 0; round < runs; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const one = all[(round + turn) % all.length];
      if (one === undefined || one.failure || (one.outcomes[0]?.cost.wall ?? 0) > SLOW) continue;
      await attempt(one, async () => void one.outcomes.push(await stage.run(one.client, { healthy })));
    }
  }
  for (const one of all) {
    const counted = one.outcomes.flatMap(({ counts }) => counts ?? []);
    const [most] = counted.toSorted((a, b) => b.bytes - a.bytes);
    if (most !== undefined) one.counts = most;
    else if (!one.failure) {
      await attempt(one, async () => {
        const { counts } = await stage.run(one.client, { count: true, healthy });
        if (counts !== undefined) one.counts = counts;
      });
    }
  }
  return all.map(({ client, outcomes, counts, failure }) => ({ client, outcomes, counts, failure }));
}

async function attempt(one: Running, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    process.stderr.write('.');
  } catch (error) {
    if (!(error instanceof ClientFailure)) throw error;
    one.failure = error;
    process.stderr.write('x');
  }
}

/** The median of one of the costs; undefined where no run ended well. */
export function medianOf(result: ClientResult, cost: 'wall' | 'cpu' | 'peak'): number | undefined {
  if (result.outcomes.length === 0) return undefined;
  return median(result.outcomes.map((outcome) => outcome.cost[cost]));
}
