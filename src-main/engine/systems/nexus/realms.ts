import { z } from 'zod';
import type { RegistryClient } from '../../http/client.ts';
import type { DiagnosisFinding } from '../../vocabulary.ts';
import { nexusApi, REST } from './api.ts';

const realms = z.array(z.string());
const REALMS_BYTES_MAX = 64 * 1024;

/**
 * A sign-in that the API takes and the registry refuses: the tokens that it gives out are accepted only where the "Docker Bearer Token
 * Realm" is active. Who is no administrator may not see realms; that this is said to him shows that the password is right.
 *
 * @see help.sonatype.com, "Docker Authentication"
 */
export async function whyRefused(
  client: RegistryClient,
  signal: AbortSignal | undefined,
): Promise<DiagnosisFinding | undefined> {
  if (!client.tokenService()) return undefined;
  const url = `${REST}/security/realms/active`;
  const reply = await nexusApi(client).request({ method: 'GET', url, expect: [200, 403], tries: 1, signal });
  if (reply.status === 200)
    return (await reply.json(realms, REALMS_BYTES_MAX)).includes('DockerToken') ? undefined : 'tokensRefused';
  await reply.dump();
  return 'tokensRefused';
}
