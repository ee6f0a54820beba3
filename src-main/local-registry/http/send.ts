import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPlan } from './faults.ts';
import { bodyLength, isFileSlice, type Reply } from './reply.ts';

/** Large enough to keep the disk and the socket busy, small enough for many downloads at once. */
const READ_BYTES = 256 * 1024;

/** Paced bodies go in steps of this length. */
const PACE_MS = 20;

export interface SendOptions {
  /** HEAD: everything but the body. */
  headOnly: boolean;
  faults: FaultPlan;
  signal: AbortSignal;
  /** The body's bytes sent, with those that are next. */
  onProgress: (bytes: number) => void;
  /** Called once, just before the last bytes the client will get. */
  beforeEnd: (status: number) => void;
}

/** Sends a reply, or as much of it as its faults allow. @throws if the connection breaks or a file can not be read. */
export async function send(response: ServerResponse, reply: Reply, options: SendOptions): Promise<void> {
  const { headOnly, faults, signal, onProgress, beforeEnd } = options;
  const length = bodyLength(reply.body);
  const headers = { ...reply.headers };
  if (
    reply.body !== undefined ||
    (reply.status !== 204 && reply.status !== 304 && !headers['content-length'])
  ) {
    headers['content-length'] = String(length);
  }
  const { status } = reply;
  if (headOnly || length === 0) {
    beforeEnd(status);
    response.writeHead(status, headers).end();
    return;
  }
  const cut = Math.min(faults.truncate?.afterBytes ?? length, faults.stall?.afterBytes ?? length, length);
  const chunks = paced(
    corrupted(cutTo(chunksOf(reply), cut), faults.corrupt ? length >>> 1 : -1),
    faults,
    signal,
  );
  let sent = 0;
  let taken = Promise.resolve();
  const sendHead = (): void => {
    if (!response.headersSent) response.writeHead(status, headers);
  };
  if (cut === 0) beforeEnd(status);
  for await (const chunk of chunks) {
    // A response that was destroyed asks for no pause: without this the rest of the file would be read in vain.
    signal.throwIfAborted();
    sendHead(); // not before the file could be opened
    sent += chunk.byteLength;
    onProgress(sent);
    if (sent >= cut) beforeEnd(status);
    taken = new Promise((resolve) => {
      response.write(chunk, () => resolve());
    });
    if (response.writableNeedDrain) await drained(response, signal);
  }
  sendHead();
  if (sent === length) {
    response.end();
    return;
  }
  response.flushHeaders();
  // A short body raises no `drain`, and is lost where its connection is destroyed before the system took it.
  await Promise.race([taken, closed(signal)]);
  if (faults.stall && cut === faults.stall.afterBytes) await closed(signal);
  else response.destroy();
}

async function* chunksOf({ body }: Reply): AsyncGenerator<Uint8Array> {
  if (body === undefined) return;
  if (!isFileSlice(body)) {
    yield body;
    return;
  }
  const file = await open(body.path, 'r');
  try {
    let position = body.start;
    const end = body.start + body.length;
    while (position < end) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - position));
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, position);
      if (bytesRead === 0) throw new Error('a file is shorter than it was');
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* cutTo(chunks: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  if (left === 0) return;
  for await (const chunk of chunks) {
    const part = chunk.byteLength > left ? chunk.subarray(0, left) : chunk;
    left -= part.byteLength;
    yield part;
    if (left === 0) return;
  }
}

/** Flips the lowest bit of the byte at `position`. */
async function* corrupted(chunks: AsyncIterable<Uint8Array>, position: number): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of chunks) {
    const at = position - passed;
    passed += chunk.byteLength;
    if (at < 0 || at >= chunk.byteLength) {
      yield chunk;
      continue;
    }
    const copy = Uint8Array.from(chunk);
    copy[at] = (copy[at] ?? 0) ^ 1;
    yield copy;
  }
}

async function* paced(
  chunks: AsyncIterable<Uint8Array>,
  { slow }: FaultPlan,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!slow) {
    yield* chunks;
    return;
  }
  const step = Math.max(1, Math.floor((slow.bytesPerSecond * PACE_MS) / 1000));
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; at += step) {
      const part = chunk.subarray(at, at + step);
      await delay((part.byteLength / slow.bytesPerSecond) * 1000, undefined, { signal });
      yield part;
    }
  }
}

/** Resolves when the response's buffer was taken by the system. */
async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (response.writableLength === 0) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      response.off('drain', settle);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    response.on('drain', settle);
    signal.addEventListener('abort', settle);
  });
}

async function closed(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
