import { request } from 'undici';
import { startTestRegistry } from './local-registry.ts';
import { type Answer, type Seen, type ServerOptions, startServer, type TestServer } from './server.ts';

/** Replies that the front makes anew. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/** Answers a request in place of the registry behind, or changes what `ordinary` gets from it, by another path where one is given. */
export type Oddity = (seen: Seen, ordinary: (url?: string) => Promise<Answer>) => Answer | Promise<Answer>;

export interface OddRegistry extends TestServer {
  /** The registry behind, where a test puts content and looks for it without the oddity. */
  readonly behind: Awaited<ReturnType<typeof startTestRegistry>>;
}

/** A registry with one odd habit: our local registry, which is an ordinary one, behind a front that answers as `odd` says. */
export async function startOddRegistry(odd: Oddity, options: ServerOptions = {}): Promise<OddRegistry> {
  const behind = await startTestRegistry({ settlesMs: 0 });
  const route = (seen: Seen) => odd(seen, (url = seen.url) => ask(behind.url, { ...seen, url }));
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const routes = Object.fromEntries(methods.map((method) => [`${method} *`, route]));
  return { ...(await startServer(routes, options)), behind };
}

async function ask(registry: string, { method, url, headers, body }: Seen): Promise<Answer> {
  const { host, connection, 'transfer-encoding': _encoding, 'content-length': _length, ...kept } = headers;
  const reply = await request(new URL(url, registry), {
    method: method as 'GET',
    headers: kept,
    ...(body.length > 0 || method === 'PUT' || method === 'PATCH' ? { body } : {}),
  });
  const passed = Object.entries(reply.headers).filter(([name]) => !OWN_HEADERS.has(name));
  const answered = Object.fromEntries(passed) as Record<string, string>;
  if (answered.location) answered.location = answered.location.replace(registry, '');
  return {
    status: reply.statusCode,
    // The length that a HEAD reports has no body to be counted from.
    headers: method === 'HEAD' ? { ...answered, ...lengthOf(reply.headers) } : answered,
    body: Buffer.from(await reply.body.arrayBuffer()),
  };
}

function lengthOf({ 'content-length': length }: Record<string, string | string[] | undefined>) {
  return typeof length === 'string' ? { 'content-length': length } : {};
}
