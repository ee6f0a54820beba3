import { setSlabs } from '../../src-main/engine/http/read-buffers.ts';
import { playScenario } from './scenario.ts';
import { Tally } from './tally.ts';

export interface SoakOptions {
  /** Of the whole run; `RUN.NUMBER` plays one scenario of a run again. */
  seed: string;
  /** Scenarios at most. */
  count: number;
  /** Milliseconds after which no further scenario begins. */
  time: number;
  /** Scenarios at a time. */
  workers: number;
  /** Whether sockets read into slabs. */
  slabs: boolean;
  /** What is played; transfers unless given. */
  play?: (seed: string, tally: Tally) => Promise<void>;
  onScenario?: (tally: Tally) => void;
}

/**
 * Plays random scenarios until one ends in a state that must not be, or time is up.
 *
 * @throws of the first scenario that fails, with the seed that plays it again
 */
export async function soak({
  seed,
  count,
  time,
  workers,
  slabs,
  play = playScenario,
  onScenario,
}: SoakOptions): Promise<Tally> {
  setSlabs(slabs);
  const tally = new Tally();
  const begun = performance.now();
  let next = 0;
  let failure: { error: unknown } | undefined;
  const work = async (): Promise<void> => {
    while (!failure && next < count && performance.now() - begun < time) {
      const own = seed.includes('.') ? seed : `${seed}.${next}`;
      next++;
      try {
        await play(own, tally);
        onScenario?.(tally);
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        failure ??= { error: new Error(`WHARFINGER_SEED=${own}: ${words}`, { cause }) };
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  if (failure) throw failure.error;
  return tally;
}
