import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import { abandonable } from '../http/abandonable.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { type Detected, detect, knownSystem, mayBeZot, rememberSystem } from '../systems/detect.ts';
import { systemOf } from '../systems/index.ts';
import type { System } from '../systems/system.ts';
import type { CallOptions } from './options.ts';

/** What `/v2/` may be answered by anything that speaks HTTP; {@link checkRegistry} judges them. */
export const PING_ANSWERS: readonly number[] = [
  200, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410,
];
const DISCOVERY_MAX = 256 * 1024;
const discovery = z.object({ extensions: z.array(z.unknown()) });

const asked = new WeakMap<RegistryClient, Promise<Detected>>();

/**
 * Tells which product a registry is by its reply to `/v2/` without credentials, asked once for each client. The same reply decides
 * how everything after it signs in. To be awaited before anything that products do differently: some answer other paths with a
 * challenge that tells nothing of them.
 *
 * @throws {RegistryError} `notARegistry` where something else answers, `denied`, and those of the transport; nothing is
 * remembered then, and the next call asks again.
 */
export async function identify(
  client: RegistryClient,
  { signal, tries }: CallOptions & { tries?: number } = {},
): Promise<Detected> {
  let looking = asked.get(client);
  if (!looking) {
    // Shared by all that wait for it: one of them being cancelled must not fail the others.
    looking = look(client, tries);
    asked.set(client, looking);
    looking.catch(() => asked.delete(client));
  }
  return await abandonable(looking, signal);
}

/** The product behind a client, asked for where it is not known yet. @throws {RegistryError} as {@link identify} */
export async function identifiedSystem(client: RegistryClient, options: CallOptions = {}): Promise<System> {
  return systemOf(knownSystem(client) ?? (await identify(client, options)).system);
}

/** The same for what only saves requests: undefined where a registry answers `/v2/` oddly, which may do all the rest well. */
export async function systemIfTold(
  client: RegistryClient,
  options: CallOptions = {},
): Promise<System | undefined> {
  try {
    return await identifiedSystem(client, options);
  } catch (error) {
    if (error instanceof RegistryError && error.status !== undefined) return undefined;
    throw error;
  }
}

async function look(client: RegistryClient, tries: number | undefined): Promise<Detected> {
  const request = {
    method: 'GET',
    url: '/v2/',
    headers: { accept: 'application/json' },
    expect: PING_ANSWERS,
    ...(tries === undefined ? {} : { tries }),
  } as const;
  const reply = await client.request({ ...request, signIn: 'none' });
  client.learnSignIn(reply);
  const failure = await whyNotLetIn(reply);
  if (failure && failure.code !== 'unauthorized') throw failure;
  let told = reply;
  let found = traced(client, told);
  // Some tell of themselves to those only who are signed in.
  if (failure && found.system === 'generic' && client.hasCredentials()) {
    told = (await answerOf(client.request(request))) ?? reply;
    await told.dump();
    found = traced(client, told);
  }
  if (mayBeZot(found, told.header) && (await discoversExtensions(client))) found = { system: 'zot' };
  rememberSystem(client, found.system);
  return found;
}

const traced = (client: RegistryClient, { header }: Reply): Detected =>
  detect({ host: client.host, header, tokenService: client.tokenService() });

/** zot before 2.0 tells of itself by this path only. @see OCI extensions, "_oci" */
async function discoversExtensions(client: RegistryClient): Promise<boolean> {
  const reply = await answerOf(
    client.request({ method: 'GET', url: '/v2/_oci/ext/discover', expect: [200], tries: 1 }),
  );
  if (!reply) return false;
  try {
    await reply.json(discovery, DISCOVERY_MAX);
    return true;
  } catch (error) {
    if (error instanceof RegistryError) return false;
    throw error;
  }
}

/** What is only asked to know more may fail. */
async function answerOf(asking: Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/**
 * Whether a reply to `/v2/` is a registry's, and lets us in.
 *
 * @throws {RegistryError} as {@link whyNotLetIn} says
 */
export async function checkRegistry(reply: Reply): Promise<void> {
  const failure = await whyNotLetIn(reply);
  if (failure) throw failure;
}

/** `notARegistry`, or what a registry's refusal means; undefined where it lets us in. */
async function whyNotLetIn(reply: Reply): Promise<RegistryError | undefined> {
  const { status, request } = reply;
  const speaks = (reply.header('docker-distribution-api-version') ?? '').includes('registry/2');
  const challenged = reply.header('www-authenticate') !== undefined;
  const html = (reply.header('content-type') ?? '').includes('html');
  const none = (reason: string): RegistryError =>
    new RegistryError('notARegistry', request, { status, reason });
  if (status === 200 || status === 204) {
    // A web page is what a site answers to any path; a registry's reply is empty or JSON.
    const beginning = (await reply.beginning(4096)).toString('utf8').trim();
    if (speaks || (!html && (beginning === '' || beginning.startsWith('{')))) return undefined;
    return none('Something answers there, and it is not a registry.');
  }
  if (status >= 300 && status < 400) {
    const location = reply.header('location');
    await reply.dump();
    const target =
      location && URL.canParse(location, reply.url.href) ? new URL(location, reply.url).origin : undefined;
    return none(`It redirects${target ? ` to ${target}` : ''}; give the registry's own address.`);
  }
  const failure = await reply.failure();
  const told =
    failure.code === 'tlsFailed' ||
    failure.code === 'tlsClientCertificate' ||
    (status === 401 && (speaks || challenged)) ||
    status === 403 ||
    (speaks && status !== 404);
  return told ? failure : none('Something answers there, and it is not a registry.');
}
