import { z } from 'zod';
import type { RegistryClient } from '../../http/client.ts';
import type { DiagnosisFinding } from '../../vocabulary/connection.ts';
import { nexusApi, REST } from './api.ts';

const realms = z.array(z.string());
const REALMS_BYTES_MAX = 64 * 1024;

/**
 * For nobody who is signed in: whether anonymous access is off altogether, or on, and images are given to nobody without a sign-in
 * all the same: for that the realm has to be active, and "Allow anonymous docker pull" set on the repository. Else a sign-in that the API takes
 * and the registry refuses: the tokens that it gives out are accepted only where the "Docker Bearer Token Realm" is active. Who is no
 * administrator may not see realms; that this is said to him shows that the password is right.
 *
 * @see help.sonatype.com, "Docker Authentication"
 */
export async function whyRefused(
  client: RegistryClient,
  signal: AbortSignal | undefined,
): Promise<DiagnosisFinding | undefined> {
  if (!client.hasCredentials()) return await whyNobodyPulls(client, signal);
  if (!client.tokenService()) return undefined;
  const url = `${REST}/security/realms/active`;
  const reply = await nexusApi(client).request({ method: 'GET', url, expect: [200, 403], tries: 1, signal });
  if (reply.status === 200)
    return (await reply.json(realms, REALMS_BYTES_MAX)).includes('DockerToken') ? undefined : 'tokensRefused';
  await reply.dump();
  return 'tokensRefused';
}

async function whyNobodyPulls(
  client: RegistryClient,
  signal: AbortSignal | undefined,
): Promise<DiagnosisFinding> {
  const url = `${REST}/repositories`;
  const reply = await nexusApi(client).request({
    method: 'GET',
    url,
    expect: [200, 401, 403],
    tries: 1,
    signal,
  });
  await reply.dump();
  return reply.status === 200 ? 'anonymousPullOff' : 'anonymousOff';
}
