import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Detected } from '../systems/detect.ts';
import { systemOf } from '../systems/index.ts';
import { checkRegistry, identify, PING_ANSWERS } from './identify.ts';
import type { CallOptions } from './options.ts';

export interface PingResult extends Detected {
  /** Of the signed-in request, sign-in included where one was needed. */
  milliseconds: number;
}

/**
 * Asks `GET /v2/`, signed in: whether this is a registry, which one, and whether it lets us in.
 *
 * @throws {RegistryError} `notARegistry` where something else answers, `unauthorized`, `denied`, and those of the transport.
 * @see OCI distribution-spec 1.1, "Determining Support"
 */
export async function ping(
  client: RegistryClient,
  { signal, tries }: CallOptions & { tries?: number } = {},
): Promise<PingResult> {
  const limited = { signal, ...(tries === undefined ? {} : { tries }) };
  const found = await identify(client, limited);
  const started = performance.now();
  try {
    const reply = await client.request({
      method: 'GET',
      url: '/v2/',
      headers: { accept: 'application/json' },
      expect: PING_ANSWERS,
      ...limited,
    });
    const milliseconds = performance.now() - started;
    await checkRegistry(reply);
    return { ...found, milliseconds };
  } catch (error) {
    if (!isRefusedToEverybody(client, found, error)) throw error;
    return { ...found, milliseconds: performance.now() - started };
  }
}

/** A product that has public images and refuses every request that does not name one of them. */
function isRefusedToEverybody(client: RegistryClient, { system }: Detected, error: unknown): boolean {
  const refused = error instanceof RegistryError && error.code === 'unauthorized';
  return refused && !client.hasCredentials() && systemOf(system).letsAnonymousIn === 'byRepository';
}
