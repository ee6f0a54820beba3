import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import {
  lend,
  readInTurns,
  readIntoSlabs,
  returnWhenWritten,
} from '../../../src-main/engine/http/read-buffers.ts';
import { makeCertificates } from '../../support/certificates.ts';

const MIB = 1024 * 1024;
/** Of no period that a slab could hide. */
const pattern = randomBytes(MIB + 4096 + 7);

function piece(at: number): Buffer {
  return pattern.subarray((at * 4099) % 4096);
}

async function listening(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

/** Sends so many pieces and ends. */
async function send(socket: Socket, pieces: number): Promise<void> {
  for (let at = 0; at < pieces; at++) if (!socket.write(piece(at))) await once(socket, 'drain');
  socket.end();
}

/** A server that takes everything, and the hash of what it took. */
async function sink(): Promise<{ port: number; taken: Promise<string> }> {
  let tell: (hash: string) => void = () => {};
  const taken = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const server = createServer((socket) => {
    const hash = createHash('sha256');
    socket.on('data', (chunk) => hash.update(chunk)).once('end', () => tell(hash.digest('hex')));
  });
  return { port: await listening(server), taken };
}

function hashOf(pieces: number): string {
  const hash = createHash('sha256');
  for (let at = 0; at < pieces; at++) hash.update(piece(at));
  return hash.digest('hex');
}

/** Passes all that comes from a socket on to another; what `each` says of a chunk decides how. */
async function pass(from: Socket, to: Socket, each: (chunk: Buffer) => void): Promise<void> {
  returnWhenWritten(to);
  to.on('drain', () => from.resume());
  from.on('data', (chunk: Buffer) => {
    each(chunk);
    if (to.writableNeedDrain) from.pause();
  });
  await once(from, 'end');
  to.end();
}

async function plainSource(pieces: number): Promise<Socket> {
  const port = await listening(createServer((socket) => void send(socket, pieces)));
  return connect({ port, host: '127.0.0.1', onread: readIntoSlabs });
}

async function tlsSource(pieces: number): Promise<Socket> {
  const { server, authority } = await makeCertificates();
  const options = { cert: server.certificate, key: server.key };
  const port = await listening(createTlsServer(options, (socket) => void send(socket, pieces)));
  return connectTls({ port, host: '127.0.0.1', ca: authority, ...{ onread: readIntoSlabs } });
}

test.each([
  ['plain', plainSource],
  ['TLS', tlsSource],
])(
  'transfer-8: what is passed on is read into the same few slabs again and again (%s)',
  async (_, source) => {
    const { port, taken } = await sink();
    const [from, to] = [await source(64), connect(port, '127.0.0.1')];
    const memories = new Set<ArrayBufferLike>();
    await pass(from, to, (chunk) => {
      memories.add(chunk.buffer);
      lend(chunk);
      to.write(chunk);
    });
    expect(await taken).toBe(hashOf(64));
    const slabs = [...memories].filter(({ byteLength }) => byteLength === MIB);
    // More than one: the rest of a connection is on its way while the next is read.
    expect(slabs.length).toBeGreaterThan(0);
    expect(slabs.length).toBeLessThan(16);
  },
);

test('what was not lent is never read over', async () => {
  const { port, taken } = await sink();
  const [from, to] = [await plainSource(64), connect(port, '127.0.0.1')];
  const kept: Buffer[] = [];
  let turn = 0;
  await pass(from, to, (chunk) => {
    // All is written; some may still be read by others.
    if (turn++ % 3 === 0) kept.push(chunk);
    else lend(chunk);
    const copy = Buffer.from(chunk);
    to.write(chunk);
    if (kept.at(-1) === chunk) kept.push(copy);
  });
  expect(await taken).toBe(hashOf(64));
  expect(kept.length).toBeGreaterThan(4);
  for (let at = 0; at < kept.length; at += 2) expect(kept[at]?.equals(kept[at + 1] ?? pattern)).toBe(true);
});

test('a chunk that leaves in parts is free when the last part has left', async () => {
  const { port, taken } = await sink();
  const [from, to] = [await plainSource(64), connect(port, '127.0.0.1')];
  let rest: Buffer | undefined;
  await pass(from, to, (chunk) => {
    lend(chunk);
    if (rest) to.write(rest);
    const half = chunk.length >> 1;
    to.write(chunk.subarray(0, half));
    rest = chunk.subarray(half);
  }).catch(() => undefined);
  // `pass` has ended the socket without the last part: what came is all but that.
  const hash = createHash('sha256');
  const whole = Buffer.concat(Array.from({ length: 64 }, (_, at) => piece(at)));
  hash.update(whole.subarray(0, whole.length - (rest?.length ?? 0)));
  expect(await taken).toBe(hash.digest('hex'));
});

test('a short reply keeps no slab', async () => {
  const port = await listening(createServer((socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n')));
  const socket = connect({ port, host: '127.0.0.1', onread: readIntoSlabs });
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  expect(chunk.toString()).toBe('HTTP/1.1 204 No Content\r\n\r\n');
  expect(chunk.buffer.byteLength).toBeLessThan(MIB);
});

test('heads that were read with bodies keep no slab', async () => {
  const head = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
  const message = Buffer.concat([head, piece(0).subarray(0, 300_000)]);
  const server = createServer(async (socket) => {
    for (let reply = 0; reply < 200; reply++) if (!socket.write(message)) await once(socket, 'drain');
    socket.end();
  });
  const from = connect({ port: await listening(server), host: '127.0.0.1', onread: readIntoSlabs });
  const { port, taken } = await sink();
  const to = connect(port, '127.0.0.1');
  const memories = new Set<ArrayBufferLike>();
  let at = 0;
  await pass(from, to, (chunk) => {
    memories.add(chunk.buffer);
    for (let rest = chunk; rest.length > 0; ) {
      const within = at % message.length;
      const length = Math.min(rest.length, (within < head.length ? head : message).length - within);
      if (within >= head.length) {
        const body = rest.subarray(0, length);
        lend(body);
        to.write(body);
      }
      rest = rest.subarray(length);
      at += length;
    }
  });
  const bodies = createHash('sha256');
  for (let reply = 0; reply < 200; reply++) bodies.update(message.subarray(head.length));
  expect(await taken).toBe(bodies.digest('hex'));
  expect(memories.size).toBeLessThan(16);
});

/** In a thread of its own, so that more comes while this one is busy. */
const SENDER = `
const { parentPort } = require('node:worker_threads');
const server = require('node:net').createServer((socket) => {
  let left = 128;
  const send = () => {
    while (left-- > 0) if (!socket.write(Buffer.alloc(1024 * 1024))) return socket.once('drain', send);
    socket.end();
  };
  send();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

test('transfer-8: a socket reads one slab in a turn of the event loop, however much has come', async () => {
  const sender = new Worker(SENDER, { eval: true });
  onTestFinished(async () => void (await sender.terminate()));
  const [port] = (await once(sender, 'message')) as [number];
  const socket = connect({ port, host: '127.0.0.1', onread: readIntoSlabs, ...{ highWaterMark: 64 * 1024 } });
  readInTurns(socket);
  let [inTurn, most, total, ended] = [0, 0, 0, false];
  const turn = (): void => {
    most = Math.max(most, inTurn);
    inTurn = 0;
    if (!ended) setImmediate(turn);
  };
  setImmediate(turn);
  // As undici reads.
  socket.on('readable', () => {
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) {
      inTurn += chunk.length;
      total += chunk.length;
      createHash('sha256').update(chunk).digest();
    }
  });
  await once(socket, 'end');
  ended = true;
  expect(total).toBe(128 * MIB);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(MIB);
});
