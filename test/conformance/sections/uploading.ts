import { connect as connectSocket } from 'node:net';
import { expect, test } from 'vitest';
import { getBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { RegistryError } from '../../../src-main/engine/index.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { startTcpServer } from '../../support/server.ts';
import { connect, newRepository, type Subject, type TestedRegistry } from '../setup.ts';

const content = seededBytes('uploading', 3_000_000);
const descriptor = { digest: sha256(content), size: content.length };

function piecesOf(bytes: Buffer, opened: number[]): (offset: number) => AsyncGenerator<Buffer> {
  return async function* (offset) {
    opened.push(offset);
    for (let at = offset; at < bytes.length; at += 64_000) yield bytes.subarray(at, at + 64_000);
  };
}

/** A way to the registry on which the first connection that sends so many bytes is cut. */
async function cutAfter(registry: TestedRegistry, bytes: number): Promise<string> {
  const { hostname, port, protocol } = new URL(registry.options.url);
  let whole = true;
  const proxy = await startTcpServer((socket) => {
    const upstream = connectSocket(Number(port), hostname);
    const end = (): void => {
      socket.destroy();
      upstream.destroy();
    };
    let sent = 0;
    socket.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (whole && sent > bytes) {
        whole = false;
        end();
      }
    });
    socket.pipe(upstream).pipe(socket);
    socket.on('close', end);
    upstream.on('close', end).on('error', end);
  });
  return proxy.url.replace('http:', protocol);
}

/** Blobs sent over a line that is cut, and in several runs. */
export function uploading({ abilities, registry }: Subject): void {
  test('transfer-12: an upload that is cut gets through', async () => {
    const repository = newRepository('cut');
    const client = connect(registry(), { url: await cutAfter(registry(), 1_000_000) });
    const opened: number[] = [];
    let counted = 0;
    await uploadBlob(client, repository, descriptor, piecesOf(content, opened), {
      onBytes: (bytes) => {
        counted += bytes;
      },
    });
    expect(opened).toEqual([0, abilities.keepsCutUploads ? expect.any(Number) : 0]);
    expect(opened[1] === 0).toBe(!abilities.keepsCutUploads);
    expect(counted).toBe(content.length);
    const stored = await getBlob(client, repository, descriptor);
    expect(content.equals(stored)).toBe(true);
  });

  test('transfer-13: an upload in chunks goes on in a later run after the last whole one', async () => {
    const repository = newRepository('chunks');
    const opened: number[] = [];
    let session: string | undefined;
    const onSession = (location: string | undefined): void => {
      session = location;
    };
    const ending = async function* (offset: number): AsyncGenerator<Buffer> {
      yield content.subarray(offset, 1_000_000);
      throw new RegistryError('connectionLost', '');
    };
    const first = connect(registry(), { uploadChunk: 1_000_000 });
    await expect(uploadBlob(first, repository, descriptor, ending, { onSession })).rejects.toMatchObject({
      side: 'source',
    });
    let resumed = 0;
    await uploadBlob(connect(registry()), repository, descriptor, piecesOf(content, opened), {
      onSession,
      onResumed: (bytes) => {
        resumed += bytes;
      },
      ...(session === undefined ? {} : { session }),
    });
    expect({ opened, resumed, session }).toEqual({
      opened: [1_000_000],
      resumed: 1_000_000,
      session: undefined,
    });
    const stored = await getBlob(connect(registry()), repository, descriptor);
    expect(content.equals(stored)).toBe(true);
  });
}
