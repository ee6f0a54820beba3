import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { detect, rememberSystem } from '../systems/detect.ts';
import type { SystemId } from '../systems/system.ts';
import type { CallOptions } from './options.ts';

export interface PingResult {
  /** Of the product, where it tells. */
  version?: string;
  system: SystemId;
  /** Of the signed-in request, sign-in included where one was needed. */
  milliseconds: number;
}

const ANSWERS = [200, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410];

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
  const started = performance.now();
  const reply = await client.request({
    method: 'GET',
    url: '/v2/',
    headers: { accept: 'application/json' },
    expect: ANSWERS,
    ...(tries === undefined ? {} : { tries }),
    signal,
  });
  const milliseconds = performance.now() - started;
  await checkRegistry(reply);
  const found = detect({ host: client.host, header: reply.header, tokenService: client.tokenService() });
  rememberSystem(client, found.system);
  return { ...found, milliseconds };
}

async function checkRegistry(reply: Reply): Promise<void> {
  const { status, request } = reply;
  const speaks = (reply.header('docker-distribution-api-version') ?? '').includes('registry/2');
  const challenged = reply.header('www-authenticate') !== undefined;
  const html = (reply.header('content-type') ?? '').includes('html');
  const none = (reason: string): RegistryError =>
    new RegistryError('notARegistry', request, { status, reason });
  if (status === 200 || status === 204) {
    // A web page is what a site answers to any path; a registry's reply is empty or JSON.
    const beginning = (await reply.beginning(4096)).toString('utf8').trim();
    if (speaks || (!html && (beginning === '' || beginning.startsWith('{')))) return;
    throw none('Something answers there, and it is not a registry.');
  }
  if (status >= 300 && status < 400) {
    const location = reply.header('location');
    await reply.dump();
    const target =
      location && URL.canParse(location, reply.url) ? new URL(location, reply.url).origin : undefined;
    throw none(`It redirects${target ? ` to ${target}` : ''}; give the registry's own address.`);
  }
  const failure = await reply.failure();
  if (failure.code === 'tlsFailed' || failure.code === 'tlsClientCertificate') throw failure;
  if (status === 401 && (speaks || challenged)) throw failure;
  if (status === 403) throw failure;
  if (speaks && status !== 404) throw failure;
  throw none('Something answers there, and it is not a registry.');
}
