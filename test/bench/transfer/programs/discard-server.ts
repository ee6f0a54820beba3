/**
 * A registry that takes everything and keeps only manifests: a blob's bytes are counted and dropped, neither hashed nor stored, so
 * that what is measured against it is the client. A process of its own: `node discard-server.ts PORT`.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const blobs = new Map<string, number>();
const manifests = new Map<string, Manifest>();
const uploads = new Map<string, number>();

const PLACE = /^\/v2\/(.+)\/(blobs|manifests)\/(?:(uploads)\/)?([^/]*)$/;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://discard');
  const [, repository = '', kind, uploading, name = ''] = PLACE.exec(pathname) ?? [];
  if (pathname === '/v2/') return end(response, 200);
  if (kind === 'manifests') return manifest(request, response, repository, name);
  if (kind !== 'blobs') return end(response, 404);
  if (uploading !== undefined) return upload(request, response, repository, name, searchParams);
  const size = blobs.get(`${repository} ${name}`);
  if (size === undefined || request.method !== 'HEAD') return end(response, 404);
  response.writeHead(200, { 'content-length': size, 'docker-content-digest': name }).end();
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  repository: string,
  id: string,
  query: URLSearchParams,
): Promise<void> {
  if (request.method === 'GET') return progress(response, 204, repository, id);
  if (request.method === 'DELETE') {
    uploads.delete(id);
    return end(response, 204);
  }
  const mount = query.get('mount');
  const known = mount === null ? undefined : blobs.get(`${query.get('from')} ${mount}`);
  if (mount !== null && known !== undefined) return commit(response, repository, mount, known);
  const session = id === '' ? randomUUID() : id;
  const size = (uploads.get(session) ?? 0) + (await drain(request));
  uploads.set(session, size);
  const digest = query.get('digest');
  if (digest === null) return progress(response, 202, repository, session);
  uploads.delete(session);
  commit(response, repository, digest, size);
}

function progress(response: ServerResponse, status: number, repository: string, id: string): void {
  const size = uploads.get(id);
  if (size === undefined) end(response, 404);
  else {
    const range = `0-${Math.max(size - 1, 0)}`;
    const location = `/v2/${repository}/blobs/uploads/${id}`;
    end(response, status, { location, range, 'docker-upload-uuid': id });
  }
}

function commit(response: ServerResponse, repository: string, digest: string, size: number): void {
  blobs.set(`${repository} ${digest}`, size);
  const location = `/v2/${repository}/blobs/${digest}`;
  end(response, 201, { location, 'docker-content-digest': digest });
}

async function manifest(
  request: IncomingMessage,
  response: ServerResponse,
  repository: string,
  reference: string,
): Promise<void> {
  if (request.method === 'PUT') {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const bytes = Buffer.concat(parts);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const stored = { digest, mediaType: request.headers['content-type'] ?? '', bytes };
    for (const name of [reference, digest]) manifests.set(`${repository} ${name}`, stored);
    const location = `/v2/${repository}/manifests/${digest}`;
    return end(response, 201, { location, 'docker-content-digest': digest });
  }
  const found = manifests.get(`${repository} ${reference}`);
  if (found === undefined) return end(response, 404);
  response.writeHead(200, {
    'content-type': found.mediaType,
    'content-length': found.bytes.byteLength,
    'docker-content-digest': found.digest,
  });
  response.end(request.method === 'HEAD' ? undefined : found.bytes);
}

function drain(request: IncomingMessage): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.byteLength;
    });
    request.once('end', () => resolve(size)).once('error', reject);
  });
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-length': '0', ...headers }).end();
}

const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(Number(process.argv[2]), '127.0.0.1');
