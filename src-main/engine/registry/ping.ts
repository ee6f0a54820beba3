import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import type { Traces } from '../product/product.ts';
import { PING_ANSWERS, whyNotLetIn } from './answers.ts';
import { type Patience, tracesOf } from './identify.ts';
import { letsInByRepository } from './policy.ts';
import type { Registry } from './registry.ts';

export interface PingResult {
  /** Of the signed-in request, sign-in included where one was needed. */
  milliseconds: number;
  /** What of the signed-in reply may show which product it is; absent where no one is let in. */
  traces?: Traces;
}

/**
 * Asks `GET /v2/`, signed in: whether this is a registry, and whether it lets us in.
 *
 * @throws {RegistryError} `notARegistry` where something else answers, `unauthorized`, `denied`, and those of the transport.
 * @see OCI distribution-spec 1.1, "Determining Support"
 */
export async function ping(
  registry: Registry,
  { signal, ...patience }: CallOptions & Patience = {},
): Promise<PingResult> {
  const { client, doubt } = registry;
  if (doubt) throw doubt;
  const started = performance.now();
  try {
    const reply = await client.request({
      method: 'GET',
      url: '/v2/',
      headers: { accept: 'application/json' },
      expect: PING_ANSWERS,
      signal,
      ...patience,
    });
    const milliseconds = performance.now() - started;
    const failure = await whyNotLetIn(reply);
    if (failure) throw client.ofWhom(failure);
    return { milliseconds, traces: tracesOf(client, reply) };
  } catch (error) {
    if (!isRefusedToEverybody(registry, error)) throw error;
    return { milliseconds: performance.now() - started };
  }
}

/** A product that has public images and refuses every request that does not name one of them. */
function isRefusedToEverybody(registry: Registry, error: unknown): boolean {
  const refused = error instanceof RegistryError && error.code === 'unauthorized';
  return refused && !registry.client.hasCredentials() && letsInByRepository(registry);
}
