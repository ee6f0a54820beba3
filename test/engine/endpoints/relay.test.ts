import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { blobSource } from '../../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { clientOf, type Routes, startServer, startTcpServer } from '../../support/server.ts';

const MIB = 1024 * 1024;
const block = Buffer.alloc(MIB, 'content');
/** The digest of 128 such blocks. */
const digest = 'sha256:b7fce7b68fb5ce465afa314127a10769c3356031eff30ace1406e0174353f58f';
const descriptor = { digest, size: 128 * MIB };

/** Serves the blob without holding it. */
async function startSource(): Promise<{ url: string }> {
  return startServer({
    [`GET /v2/a/blobs/${digest}`]: async (_, response) => {
      response.writeHead(200, { 'content-length': String(descriptor.size) });
      for (let left = descriptor.size; left > 0; left -= MIB)
        if (!response.write(block)) await new Promise((resolve) => response.once('drain', resolve));
      response.end();
      return undefined;
    },
  });
}

/** Takes an upload and keeps none of it. */
function startTarget(): Promise<{ url: string }> {
  return startTcpServer((socket) => {
    let left = 0;
    socket.on('data', (chunk) => {
      if (left === 0) {
        const head = chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n') + 4;
        const post = head.startsWith('POST');
        left = post ? 0 : descriptor.size - (chunk.length - end);
        if (post) socket.write('HTTP/1.1 202 Accepted\r\nlocation: /up\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      left -= chunk.length;
      if (left === 0) socket.write('HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n');
    });
  });
}

test('transfer-1: a blob goes by without being held, and without fetch', async () => {
  const fetch = vi.spyOn(globalThis, 'fetch');
  const [source, target] = [await startSource(), await startTarget()];
  // What is alive and not what waits for the collector, or the numbers would depend on its mood.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const alive = (): number => {
    collect();
    return process.memoryUsage().arrayBuffers / MIB;
  };
  const before = alive();
  let [peak, sent, measured] = [0, 0, 0];
  const open = blobSource(clientOf(source), 'a', descriptor);
  await uploadBlob(clientOf(target), 'b', descriptor, open, {
    onBytes: (bytes) => {
      sent += bytes;
      if (sent < measured + 4 * MIB) return;
      measured = sent;
      peak = Math.max(peak, alive() - before);
    },
  });
  expect(sent).toBe(descriptor.size);
  // Source and target run in this process too; a blob held anywhere on the way would be 128.
  expect(peak).toBeLessThan(32);
  expect(fetch).not.toHaveBeenCalled();
});

test.each(['http', 'https'])('many blobs at once leave as they came, over %s', async (scheme) => {
  const { server, authority } = await makeCertificates();
  const options = scheme === 'https' ? { tls: server } : {};
  const trusting = scheme === 'https' ? { tls: { verify: true, authorities: authority } } : {};
  const blobs = Array.from({ length: 8 }, (_, at) => seededBytes(`blob ${at}`, 3 * MIB + at));
  const digests = blobs.map((bytes) => sha256(bytes));
  const routes: Record<string, Routes[string]> = {};
  for (const [at, blob] of blobs.entries()) routes[`GET /v2/a/blobs/${digests[at]}`] = { body: blob };
  const source = await startServer(routes, options);
  let sessions = 0;
  const target = await startServer(
    {
      'POST /v2/b/blobs/uploads/': () => ({ status: 202, headers: { location: `/up/${sessions++}` } }),
      ...Object.fromEntries(blobs.map((_, at) => [`PUT /up/${at}`, { status: 201 }])),
    },
    options,
  );
  const [from, to] = [clientOf(source, trusting), clientOf(target, trusting)];
  await Promise.all(
    blobs.map(async ({ length: size }, at) => {
      const wanted = { digest: digests[at] ?? '', size };
      return await uploadBlob(to, 'b', wanted, blobSource(from, 'a', wanted));
    }),
  );
  const puts = target.seen.filter(({ method }) => method === 'PUT');
  const told = puts.map(({ url }) => decodeURIComponent(url.replace(/.*digest=/, '')));
  expect(told.sort()).toEqual([...digests].sort());
  for (const { url, body } of puts) expect(decodeURIComponent(url)).toContain(sha256(body));
});
