import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openBlob, streamBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import { getManifest, listTags } from '../../../src-main/engine/index.ts';
import { sha256 } from '../../support/images.ts';
import { clientOf, collect, failureOf, startServer, startTcpServer } from '../../support/server.ts';

/** Sends a little again and again until the client hangs up. */
function trickle(write: () => boolean, ended: (stop: () => void) => void): void {
  const timer = setInterval(write, 20);
  ended(() => clearInterval(timer));
}

/** Begins a reply of this status and never ends it. */
const endless = (status: number, byte = ' ') =>
  startServer({
    'GET *': (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      trickle(
        () => response.write(byte),
        (stop) => response.once('close', stop),
      );
      return undefined;
    },
  });

const quick = { timeouts: { whole: 300, window: 300 } };

test('S8: a small reply that comes byte by byte is given up', async () => {
  const client = clientOf(await endless(200), quick);
  expect(await failureOf(collect(listTags(client, 'a')))).toMatchObject({ code: 'timeout', status: 200 });
  expect(await failureOf(getManifest(client, 'a', '1'))).toMatchObject({ code: 'timeout' });
});

test('S8: so are the words of a failure, which say what they said so far', async () => {
  const client = clientOf(await endless(404, 'x'), quick);
  expect(await failureOf(getManifest(client, 'a', '1'))).toMatchObject({
    code: 'notFound',
    reason: expect.stringMatching(/^x+$/),
  });
});

test('S8: a blob that comes too slowly is given up, after asking again', async () => {
  const server = await endless(200);
  const blob = { digest: sha256('x'), size: 1_000_000 };
  const client = clientOf(server, { timeouts: { window: 50 } });
  expect(await failureOf(openBlob(client, 'a', blob).toArray())).toMatchObject({ code: 'timeout' });
  expect(server.seen.length).toBeGreaterThan(1);
});

test('S8: one of unknown size as well', async () => {
  const client = clientOf(await endless(200), { timeouts: { window: 50 } });
  const chunks = async () => {
    for await (const chunk of streamBlob(client, 'a', sha256('x'))) expect(chunk).toBeDefined();
  };
  expect(await failureOf(chunks())).toMatchObject({ code: 'timeout' });
});

test('S8: interim replies do not keep a request waiting for ever', async () => {
  const server = await startTcpServer((socket) => {
    socket.once('data', () =>
      trickle(
        () => socket.write('HTTP/1.1 102 Processing\r\n\r\n'),
        (stop) => socket.once('close', stop),
      ),
    );
  });
  const client = clientOf(server, { timeouts: { headers: 200 } });
  expect(await failureOf(getManifest(client, 'a', '1'))).toMatchObject({ code: 'timeout' });
});

test('S8: one that waits for its reader is not too slow', async () => {
  const bytes = Buffer.alloc(4 * 1024 * 1024, 1);
  const digest = sha256(bytes);
  const server = await startServer({ [`GET /v2/a/blobs/${digest}`]: { body: bytes } });
  const client = clientOf(server, { timeouts: { window: 500 } });
  let length = 0;
  let windows = 0;
  for await (const chunk of openBlob(client, 'a', { digest, size: bytes.length })) {
    length += (chunk as Buffer).length;
    // Longer than several windows before the rest is taken.
    for (; windows < 3; windows++) await delay(500);
  }
  expect(length).toBe(bytes.length);
  expect(server.seen).toHaveLength(1);
});
