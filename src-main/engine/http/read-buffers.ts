import type { OnReadOpts, Socket } from 'node:net';
import { Readable } from 'node:stream';

/** Bytes of a slab: as much is read at a time where that much has come. */
const SLAB = 1024 * 1024;
/** Reads up to here are copied, so that a reply of a few lines neither keeps a slab nor uses one up. */
const COPIED = 4 * 1024;
/** Bytes that are worth a read; with fewer left a slab is read into no more. TLS gives 16 KiB at a time. */
const READ_LEAST = 64 * 1024;
/** Slabs kept for the next read: more than uploads have in flight. */
const KEPT = 32;

interface Slab {
  readonly memory: Buffer;
  /** Bytes handed out, and where the last read of them begins. */
  read: number;
  readFrom: number;
  /** Of these, bytes that only the socket they leave by looks at, up to where, and how many of them have left. */
  lent: number;
  lentTo: number;
  returned: number;
  full: boolean;
}

const UNUSED = { read: 0, readFrom: 0, lent: 0, lentTo: 0, returned: 0, full: false };

const slabs = new WeakMap<ArrayBufferLike, Slab>();
const free: Slab[] = [];
/** Those that have read as much as is wanted at once. */
const resting = new WeakSet<Socket>();
/** What the socket that has just read goes on with. */
let next: Buffer | undefined;

/**
 * How sockets read: into large slabs, which are used again for the sockets given to {@link lend}. Node's own way takes 64 KiB of new
 * memory for each read; a copy of 800 MB needs 2.3 s of processor time with it, and 1.4 s with slabs (M).
 */
export const readIntoSlabs: OnReadOpts = {
  buffer: () => {
    const memory = next ?? (free.pop() ?? newSlab()).memory;
    next = undefined;
    return memory;
  },
  // Called as a method of the socket.
  callback(this: Socket, bytes: number, memory: Uint8Array): boolean {
    const slab = slabs.get(memory.buffer);
    if (!slab) throw new TypeError('A socket reads into memory that is none of ours.');
    const place = memory.byteOffset;
    if (bytes <= COPIED) {
      const goesOn = this.push(Buffer.copyBytesFrom(memory, 0, bytes));
      next = slab.memory.subarray(place);
      return goesOn;
    }
    const end = place + bytes;
    slab.read += bytes;
    slab.readFrom = place;
    slab.full = SLAB - end < READ_LEAST;
    const goesOn = this.push(slab.memory.subarray(place, end));
    if (!goesOn) resting.add(this);
    next = slab.full ? undefined : slab.memory.subarray(end);
    return goesOn;
  },
};

/**
 * Of what a socket read: the socket that it is written to next will be the last to look at it. What lies before it in the same
 * read is the reply's head, which its parser has copied by now.
 */
export function lend(chunk: Buffer): void {
  const slab = slabs.get(chunk.buffer);
  if (!slab) return;
  const { byteOffset: start, byteLength } = chunk;
  const head = start < slab.readFrom ? 0 : start - Math.max(slab.readFrom, slab.lentTo);
  slab.lent += head + byteLength;
  slab.returned += head;
  slab.lentTo = start + byteLength;
}

let slabsUsed = true;

/** Whether sockets that are connected from now on read into slabs: tests compare with and without. */
export function setSlabs(use: boolean): void {
  slabsUsed = use;
}

/** For a connector: how its sockets read; Node's own way where slabs are not used. */
export const slabReading = (): { onread?: OnReadOpts } => (slabsUsed ? { onread: readIntoSlabs } : {});

/**
 * Has a socket read once in each turn of the event loop: libuv reads up to 32 buffers of a socket in one, which with slabs are 32 MB to
 * hash and write before anything else has its turn (140 ms late at p99 with four downloads, M).
 */
export function readInTurns(socket: Socket): void {
  const read = socket.read.bind(socket);
  const start = socket._read.bind(socket);
  let waits = false;
  // A socket's own `read` starts the next read at once, whatever is there still.
  socket.read = (size) => (resting.has(socket) ? Readable.prototype.read.call(socket, size) : read(size));
  socket._read = (size) => {
    if (!resting.has(socket)) return start(size);
    if (waits) return;
    waits = true;
    setImmediate(() => {
      waits = false;
      resting.delete(socket);
      if (!socket.destroyed) start(size);
    });
  };
}

/** Has a socket return what was lent to it when it has written it. */
export function returnWhenWritten(socket: Socket): void {
  const write = socket.write.bind(socket) as (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;
  socket.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    const slab = typeof chunk === 'string' ? undefined : slabs.get(chunk.buffer);
    if (!slab) return write(chunk, ...rest);
    const done = rest.at(-1);
    return write(chunk, (error?: Error | null) => {
      takeBack(slab, chunk.length);
      if (typeof done === 'function') done(error);
    });
  };
}

/** Only a slab of which every byte was lent and returned is free: what somebody may still look at goes to the collector. */
function takeBack(slab: Slab, bytes: number): void {
  slab.returned += bytes;
  if (!slab.full || slab.lent !== slab.read || slab.returned !== slab.read) return;
  Object.assign(slab, UNUSED);
  if (free.length < KEPT) free.push(slab);
}

function newSlab(): Slab {
  const memory = Buffer.allocUnsafeSlow(SLAB);
  const slab = { memory, ...UNUSED };
  slabs.set(memory.buffer, slab);
  return slab;
}
