import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Server } from '../process.ts';

export interface LinkOptions {
  /** Milliseconds there and back. */
  readonly roundTrip: number;
  /** Bytes a second in each direction, all connections together; none: as fast as it goes. */
  readonly rate?: number;
}

/** Bytes that one connection may have on the way in one direction, as a tuned TCP window. */
const WINDOW = 4 * 1024 * 1024;

/** A direction of the line, shared by all connections. */
interface Line {
  /** When it has sent all that it was given (`performance.now()`). */
  free: number;
}

/**
 * A long line to a server on this machine: a TCP proxy that delays each byte by half of the round trip in each direction. Opening a
 * connection costs one round trip before the first byte leaves, as TCP's handshake does.
 */
export async function startLink(target: number, options: LinkOptions): Promise<Server> {
  const sockets = new Set<Socket>();
  const [there, back]: [Line, Line] = [{ free: 0 }, { free: 0 }];
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const open = performance.now() + options.roundTrip;
    carry(near, far, { ...options, open, line: there });
    carry(far, near, { ...options, open, line: back });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    }
    near.once('close', () => far.destroy());
    far.once('error', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One direction of a connection. */
function carry(
  from: Socket,
  to: Socket,
  { roundTrip, rate, open, line }: LinkOptions & { open: number; line: Line },
): void {
  const onTheWay: { part: Buffer | null; due: number }[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const deliver = () => {
    timer = undefined;
    for (let next = onTheWay[0]; next !== undefined; next = onTheWay[0]) {
      const wait = next.due - performance.now();
      if (wait > 0.5) {
        timer = setTimeout(deliver, wait);
        return;
      }
      onTheWay.shift();
      if (next.part === null) {
        to.end();
        continue;
      }
      bytes -= next.part.byteLength;
      if (bytes < WINDOW) from.resume();
      if (!to.destroyed && !to.write(next.part)) {
        to.once('drain', deliver);
        return;
      }
    }
  };
  const send = (part: Buffer | null) => {
    const leaves = Math.max(performance.now(), open, line.free);
    if (rate !== undefined) line.free = leaves + ((part?.byteLength ?? 0) / rate) * 1000;
    onTheWay.push({ part, due: Math.max(leaves, line.free) + roundTrip / 2 });
    // While the far side takes nothing, 'drain' goes on.
    if (timer === undefined && to.writableNeedDrain !== true) timer = setTimeout(deliver, roundTrip / 2);
  };
  from.on('data', (part: Buffer) => {
    bytes += part.byteLength;
    if (bytes >= WINDOW) from.pause();
    send(part);
  });
  from.once('end', () => send(null));
}
