import { Turns } from '../engine/index.ts';

/** What a generator comes to that gives way after each of its slices. @throws the signal's reason */
export async function inTurns<Result>(
  work: Generator<void, Result, void>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const turns = new Turns(1);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    if (turns.due) await turns.pass(signal);
  }
}
