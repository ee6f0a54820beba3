import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { blobSource } from '../../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { clientOf, startServer, startTcpServer } from '../support/server.ts';

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
