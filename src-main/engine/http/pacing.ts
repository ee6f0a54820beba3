import { RegistryError } from '../errors.ts';
import { pause } from './retry.ts';

/** Pulls that a registry counts (Docker Hub). */
export interface RateLimit {
  limit: number;
  remaining: number;
  windowSeconds: number;
}

const COUNTED = /^\s*(\d{1,9})\s*(?:;\s*w=(\d{1,9}))?/;

/**
 * What one host asked of all requests to it: the wait of a `Retry-After` and its count of pulls. Shared by every client of
 * this process that speaks to the host, since the host counts by address and account and not by client.
 */
export class HostPacing {
  #blockedUntil = 0;
  #rateLimit: RateLimit | undefined;

  get rateLimit(): RateLimit | undefined {
    return this.#rateLimit;
  }

  /** Holds back all requests to the host for so many seconds from now. A shorter wait never cuts a longer one. */
  block(seconds: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, performance.now() + seconds * 1000);
  }

  /** Returns when the host may be asked. @throws {RegistryError} `cancelled` */
  async wait(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new RegistryError('cancelled', '', { cause: signal.reason });
    for (;;) {
      const left = this.#blockedUntil - performance.now();
      if (left <= 0) return;
      await pause(left, signal);
    }
  }

  /** Takes note of `ratelimit-limit: 100;w=21600` and `ratelimit-remaining: 76;w=21600`. */
  note(header: (name: string) => string | undefined): void {
    const limit = COUNTED.exec(header('ratelimit-limit') ?? '');
    const remaining = COUNTED.exec(header('ratelimit-remaining') ?? '');
    if (!limit?.[1] || !remaining?.[1]) return;
    this.#rateLimit = {
      limit: Number(limit[1]),
      remaining: Number(remaining[1]),
      windowSeconds: Number(limit[2] ?? remaining[2] ?? 0),
    };
  }
}

const hosts = new Map<string, HostPacing>();

export function pacingOf(origin: string): HostPacing {
  let pacing = hosts.get(origin);
  if (!pacing) {
    pacing = new HostPacing();
    hosts.set(origin, pacing);
  }
  return pacing;
}
