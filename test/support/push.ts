import { Agent, type Dispatcher, request } from 'undici';
import type { TestManifest } from './images.ts';

/** A registry as the tests' own plain client reaches it. */
export interface PushTarget {
  /** `http://host:port` or `https://host:port`. */
  readonly url: string;
  /** PEM of the authority to trust. */
  readonly authority?: string;
  /** The `Authorization` header for these scopes (`repository:NAME:pull,push`); a registry that asks for none has none. */
  readonly authorize?: (scopes: readonly string[]) => string | Promise<string>;
}

export interface PlainReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

interface PlainRequest {
  readonly method?: Dispatcher.HttpMethod;
  readonly scopes?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

type Send = (path: string, options?: PlainRequest) => Promise<PlainReply>;

/** Lets `work` send requests to a registry over connections that are closed when it ends. */
async function withConnection<T>(target: PushTarget, work: (send: Send) => Promise<T>): Promise<T> {
  const dispatcher = new Agent(target.authority === undefined ? {} : { connect: { ca: target.authority } });
  try {
    return await work(async (path, { method = 'GET', scopes = [], headers = {}, body } = {}) => {
      const authorization = await target.authorize?.(scopes);
      const reply = await request(new URL(path, target.url), {
        method,
        dispatcher,
        headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
        body: body ?? null,
      });
      const bytes = Buffer.from(await reply.body.arrayBuffer());
      return { status: reply.statusCode, headers: reply.headers, body: bytes };
    });
  } finally {
    await dispatcher.close();
  }
}

/** One request to a registry, apart from the engine, for tests to prepare and to look with. `path` may be a whole URL. */
export function plainRequest(target: PushTarget, path: string, options?: PlainRequest): Promise<PlainReply> {
  return withConnection(target, (send) => send(path, options));
}

function expectStatus(reply: PlainReply, wanted: number, what: string): void {
  if (reply.status !== wanted)
    throw new Error(`${what}: ${reply.status} instead of ${wanted}: ${reply.body}`);
}

/**
 * Puts a manifest into a repository with all it needs: children, then blobs, then itself; what is there already is left alone.
 * Without a tag it is put by digest.
 */
export function push(
  manifest: TestManifest,
  target: PushTarget,
  repository: string,
  tag: string = manifest.digest,
): Promise<void> {
  return withConnection(target, (send) => pushThrough(send, manifest, repository, tag));
}

async function pushThrough(
  send: Send,
  manifest: TestManifest,
  repository: string,
  tag: string,
): Promise<void> {
  for (const child of manifest.children) await pushThrough(send, child, repository, child.digest);
  const scopes = [`repository:${repository}:pull,push`];
  for (const { digest, bytes } of manifest.blobs) {
    const known = await send(`/v2/${repository}/blobs/${digest}`, { method: 'HEAD', scopes });
    if (known.status === 200) continue;
    const begun = await send(`/v2/${repository}/blobs/uploads/`, { method: 'POST', scopes });
    expectStatus(begun, 202, `POST of an upload to ${repository}`);
    const location = String(begun.headers.location);
    const done = await send(`${location}${location.includes('?') ? '&' : '?'}digest=${digest}`, {
      method: 'PUT',
      scopes,
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expectStatus(done, 201, `PUT of ${digest} to ${repository}`);
  }
  const put = await send(`/v2/${repository}/manifests/${tag}`, {
    method: 'PUT',
    scopes,
    headers: { 'content-type': manifest.mediaType },
    body: manifest.bytes,
  });
  expectStatus(put, 201, `PUT of the manifest ${repository}:${tag}`);
}

/** Basic credentials for {@link PushTarget.authorize}. */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
