import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { expect } from 'vitest';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

interface CallOptions {
  headers?: Record<string, string>;
  body?: string | Uint8Array | undefined;
  /** Without a Content-Length. */
  chunked?: boolean;
  tls?: { ca?: string; cert?: string; key?: string };
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  json(): unknown;
}

/** One request on a connection of its own; rejects if the answer breaks off. */
export function call(
  registry: { url: string },
  method: string,
  path: string,
  { headers = {}, body, chunked = false, tls, signal }: CallOptions = {},
): Promise<Answer> {
  const secure = registry.url.startsWith('https:');
  const length = body !== undefined && !chunked ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const options = {
    method,
    agent: false,
    path,
    headers: { ...length, ...headers },
    ...tls,
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const send = secure ? tlsRequest : plainRequest;
    const request = send(registry.url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, bytes, json: () => JSON.parse(bytes.toString('utf8')) });
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

export function digestOf(bytes: string | Uint8Array, algorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** Checks that an answer is the spec's error document with this status and code. */
export function expectError(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, body: answer.bytes.toString('utf8') }).toMatchObject({ status });
  expect(answer.headers['content-type']).toBe('application/json');
  expect(answer.json()).toMatchObject({ errors: [{ code, message: expect.any(String) }] });
}

export async function pushBlob(
  registry: { url: string },
  repository: string,
  body: string | Uint8Array,
): Promise<{ mediaType: string; digest: string; size: number }> {
  const digest = digestOf(body);
  const answer = await call(registry, 'POST', `/v2/${repository}/blobs/uploads/?digest=${digest}`, { body });
  expect(answer.status).toBe(201);
  return { mediaType: 'application/octet-stream', digest, size: Buffer.byteLength(body) };
}

export function putManifest(
  registry: { url: string },
  repository: string,
  reference: string,
  manifest: unknown,
  contentType = OCI_MANIFEST,
): Promise<Answer> {
  const body = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  return call(registry, 'PUT', `/v2/${repository}/manifests/${reference}`, {
    body,
    headers: { 'content-type': contentType },
  });
}

/** Pushes an image of one layer over HTTP. @returns its digest. */
export async function pushImage(
  registry: { url: string },
  repository: string,
  tag: string,
  content = tag,
): Promise<{ digest: string; bytes: string; layer: string }> {
  const config = await pushBlob(registry, repository, '{}');
  const layer = await pushBlob(registry, repository, content);
  const bytes = JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [layer] });
  const answer = await putManifest(registry, repository, tag, bytes);
  expect(answer.status).toBe(201);
  return { digest: digestOf(bytes), bytes, layer: layer.digest };
}

export async function tagsOf(registry: { url: string }, repository: string): Promise<unknown> {
  return (await call(registry, 'GET', `/v2/${repository}/tags/list`)).json();
}
