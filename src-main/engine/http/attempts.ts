import { RegistryError } from '../errors.ts';
import { backoff, isRetriedFailure, isRetriedStatus, pause, type RetryPolicy } from './retry.ts';

export interface AttemptTerms {
  policy: RetryPolicy;
  /** Requests in all; 1 forbids retries. */
  tries: number;
  /** Sending the request twice does no harm. */
  repeatable: boolean;
  /** Its body is gone with the first try. */
  streaming: boolean;
  /** Whether the host answered lately: then one that refuses connections is busy or restarting. */
  answersLately(): boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a request again where that may help and does no harm. A `Retry-After` costs no try: the registry itself said when to
 * come again, and {@link HostPacing} holds the request back until then.
 *
 * @throws {RegistryError} of the last attempt.
 */
export async function withRetries<T>(once: () => Promise<T>, terms: AttemptTerms): Promise<T> {
  const { policy, tries, signal } = terms;
  let attempt = 1;
  let waited = 0;
  for (;;) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof RegistryError) || tries <= 1 || !isWorthwhile(error, terms)) throw error;
      const { retryAfter = 0 } = error;
      // What is shorter than a second gives a busy registry no rest.
      if (retryAfter >= 1) {
        waited += retryAfter;
        if (waited > policy.maxWaiting) throw error;
      } else {
        attempt += 1;
        if (attempt > tries) throw error;
        await pause(backoff(attempt, policy), signal);
      }
    }
  }
}

function isWorthwhile(error: RegistryError, { policy, repeatable, streaming, answersLately }: AttemptTerms) {
  const { status, retryAfter } = error;
  if (streaming) return false;
  // It was never sent, or not acted upon, so that even a POST may come again.
  if (status === undefined && error.code === 'connectionRefused') return answersLately();
  if (!repeatable && status !== 429) return false;
  if (status === undefined) return isRetriedFailure(error);
  return isRetriedStatus(status) && (retryAfter === undefined || retryAfter <= policy.maxRetryAfter);
}
