import { RegistryError } from '../errors.ts';
import type { Reply } from '../http/reply.ts';

/** What `/v2/` may be answered by anything that speaks HTTP; {@link whyNotLetIn} judges them. */
export const PING_ANSWERS: readonly number[] = [
  200, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410,
];

/** `notARegistry`, or what a registry's refusal means; undefined where it lets us in. */
export async function whyNotLetIn(reply: Reply): Promise<RegistryError | undefined> {
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
  const isRegistry =
    failure.code === 'tlsFailed' ||
    failure.code === 'tlsClientCertificate' ||
    (status === 401 && (speaks || challenged)) ||
    status === 403 ||
    (speaks && status !== 404);
  return isRegistry ? failure : none('Something answers there, and it is not a registry.');
}
