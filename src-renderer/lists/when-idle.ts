/** Milliseconds that an idle page has for others at least: more than there are between two pictures of what moves. */
const REST_MS = 20;

/** Milliseconds after which what waits goes on beside what the page does: a reader who scrolls on and on gets it too. */
const MOST_MS = 500;

/** Resolves when nothing moves in the page: what nobody waits for yet takes neither the page nor the processor from what somebody does. */
export async function whenIdle(): Promise<void> {
  const end = performance.now() + MOST_MS;
  for (let left = MOST_MS; left > 0; left = end - performance.now()) {
    if ((await idleFor(left)) > REST_MS) return;
  }
}

/** @returns the milliseconds that the page has; 0 where it has none and `timeout` is over */
function idleFor(timeout: number): Promise<number> {
  return new Promise((resolve) => {
    requestIdleCallback((deadline) => resolve(deadline.timeRemaining()), { timeout });
  });
}
