import { RegistryError } from '../errors.ts';
import { pause } from './retry.ts';

/** Pulls that a registry counts (Docker Hub). */
export interface RateLimit {
  limit: number;
  remaining: number;
  windowSeconds: number;
}

const COUNTED = /^\s*(\d{1,9})\s*(?:;\s*w=(\d{1,9}))?/;
/** Part of all pulls that work leaves over, so that a user can still look at an image while a sync is out of them. */
const RESERVE = 1 / 20;

/**
 * The pulls (GETs of manifests) that a registry counts for one account, as `ratelimit-limit: 100;w=21600` and
 * `ratelimit-remaining: 76;w=21600` report them. Work stops before they run out: a registry that is asked on answers 429 to
 * everyone at this address for hours.
 */
export class PullCount {
  #reported: (RateLimit & { since: number }) | undefined;
  #underWay = 0;

  get rateLimit(): RateLimit | undefined {
    if (!this.#reported) return undefined;
    const { limit, remaining, windowSeconds } = this.#reported;
    return { limit, remaining, windowSeconds };
  }

  /**
   * Returns when one more pull may be made, and counts it until `end`. Where only the reserve is left, it waits for pulls to
   * come back if that takes at most `maxWait` seconds; `urgent` uses the reserve.
   *
   * @throws {RegistryError} `rateLimited` with `retryAfter`, after which all pulls are back at the latest; `cancelled`.
   */
  async begin(
    request: string,
    { urgent, maxWait, signal }: { urgent: boolean; maxWait: number; signal?: AbortSignal | undefined },
  ): Promise<void> {
    for (;;) {
      const seconds = urgent ? 0 : this.#secondsToWait();
      if (seconds <= 0) break;
      if (seconds > maxWait) throw this.#exhausted(request, seconds);
      await pause(seconds * 1000, signal);
    }
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
  }

  note(header: (name: string) => string | undefined): void {
    const limit = COUNTED.exec(header('ratelimit-limit') ?? '');
    const remaining = COUNTED.exec(header('ratelimit-remaining') ?? '');
    if (!limit?.[1] || !remaining?.[1]) return;
    const known = this.#reported;
    let left = Number(remaining[1]);
    // Replies overtake each other: a slightly higher count is an older one.
    if (known && left > known.remaining && left - known.remaining < this.#underWay) left = known.remaining;
    this.#reported = {
      limit: Number(limit[1]),
      remaining: left,
      windowSeconds: Number(limit[2] ?? remaining[2] ?? 0),
      // The window runs from the last pull that was counted; HEADs report the count without being counted.
      since: known?.remaining === left ? known.since : performance.now(),
    };
  }

  #secondsToWait(): number {
    const reported = this.#reported;
    // Without its window a count says nothing of when to go on; such limits are left to the registry's 429.
    if (!reported || reported.windowSeconds === 0) return 0;
    if (reported.remaining - this.#underWay > Math.max(1, Math.ceil(reported.limit * RESERVE))) return 0;
    const left = reported.windowSeconds - (performance.now() - reported.since) / 1000;
    if (left <= 0) this.#reported = undefined;
    return left;
  }

  #exhausted(request: string, seconds: number): RegistryError {
    const { remaining = 0, limit = 0 } = this.#reported ?? {};
    return new RegistryError('rateLimited', request, {
      reason: `${remaining} of ${limit} pulls are left, which are kept for looking at single images; all are back in ${duration(seconds)} at the latest.`,
      retryAfter: Math.ceil(seconds),
    });
  }
}

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const counts = new Map<string, PullCount>();

/** Shared by all clients of one account at one registry. `account` is its user name, empty for none. */
export function pullsOf(origin: string, account: string): PullCount {
  const key = `${origin} ${account}`;
  let count = counts.get(key);
  if (!count) {
    count = new PullCount();
    counts.set(key, count);
  }
  return count;
}
