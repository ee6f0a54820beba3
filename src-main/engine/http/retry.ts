import { setTimeout as delay } from 'node:timers/promises';
import { RegistryError } from '../errors.ts';

export interface RetryPolicy {
  /** Requests in all, the first included. */
  tries: number;
  /** Milliseconds before the second try; doubles with each further one, with up to half taken off at random. */
  baseDelay: number;
  /** Milliseconds; longest wait of our own choosing. */
  maxDelay: number;
  /** Seconds; where a registry asks for more, the failure is reported at once instead of seeming to hang. */
  maxRetryAfter: number;
  /** Seconds that one request waits in all because a registry asked it to. */
  maxWaiting: number;
}

/** Four tries in about two seconds outlast a restart behind a load balancer and no user's patience. */
export const DEFAULT_RETRY: RetryPolicy = {
  tries: 4,
  baseDelay: 250,
  maxDelay: 5_000,
  maxRetryAfter: 60,
  maxWaiting: 180,
};

const RETRIED_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** Statuses that say "not now". Only for requests that can be sent twice without harm. */
export function isRetriedStatus(status: number): boolean {
  return RETRIED_STATUS.has(status);
}

/** A connection lost in use may work at once again; a refused, unknown or untrusted one will not. */
export function isRetriedFailure(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'connectionLost';
}

/** Milliseconds to wait before try number `attempt` (2 for the first retry). */
export function backoff(attempt: number, policy: RetryPolicy, random: () => number = Math.random): number {
  const full = Math.min(policy.maxDelay, policy.baseDelay * 2 ** (attempt - 2));
  // Jitter: many requests hit by one outage must not return in step.
  return full * (1 - random() / 2);
}

/**
 * Seconds from `Retry-After`, given as a number or as a date; undefined where it is missing or unreadable, never negative.
 *
 * @see RFC 9110, section 10.2.3
 */
export function parseRetryAfter(header: string | undefined, now: number = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, (time - now) / 1000);
}

/** Waits, or throws `cancelled` as soon as the signal fires. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0) return;
  try {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  } catch (cause) {
    throw new RegistryError('cancelled', '', { cause });
  }
}
