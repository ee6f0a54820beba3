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

/** One request to a registry, apart from the engine, for tests to prepare and to look with. `path` may be a whole URL. */
export async function plainRequest(
  target: PushTarget,
  path: string,
  { method = 'GET', scopes = [], headers = {}, body }: PlainRequest = {},
): Promise<PlainReply> {
  const dispatcher = new Agent(target.authority === undefined ? {} : { connect: { ca: target.authority } });
  try {
    const authorization = await target.authorize?.(scopes);
    const reply = await request(new URL(path, target.url), {
      method,
      dispatcher,
      headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
      body: body ?? null,
    });
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: Buffer.from(await reply.body.arrayBuffer()),
    };
  } finally {
    await dispatcher.close();
  }
}

function expectStatus(reply: PlainReply, wanted: number, what: string): void {
  if (reply.status !== wanted)
    throw new Error(`${what}: ${reply.status} instead of ${wanted}: ${reply.body}`);
}

/**
 * Puts a manifest into a repository with all it needs: children, then blobs, then itself; what is there already is left alone.
 * Without a tag it is put by digest.
 */
export async function push(
  manifest: TestManifest,
  target: PushTarget,
  repository: string,
  tag: string = manifest.digest,
): Promise<void> {
  for (const child of manifest.children) await push(child, target, repository);
  const scopes = [`repository:${repository}:pull,push`];
  for (const { digest, bytes } of manifest.blobs) {
    const known = await plainRequest(target, `/v2/${repository}/blobs/${digest}`, { method: 'HEAD', scopes });
    if (known.status === 200) continue;
    const begun = await plainRequest(target, `/v2/${repository}/blobs/uploads/`, { method: 'POST', scopes });
    expectStatus(begun, 202, `POST of an upload to ${repository}`);
    const location = new URL(String(begun.headers.location), target.url);
    location.searchParams.set('digest', digest);
    const done = await plainRequest(target, location.href, {
      method: 'PUT',
      scopes,
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expectStatus(done, 201, `PUT of ${digest} to ${repository}`);
  }
  const put = await plainRequest(target, `/v2/${repository}/manifests/${tag}`, {
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
