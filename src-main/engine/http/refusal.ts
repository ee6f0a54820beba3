import type { Socket } from 'node:net';
import { errors } from 'undici';
import { RegistryError } from '../errors.ts';

/** Errors of connections over which nothing ever came. */
const refusals = new WeakSet<Error>();

/** Keeps in mind how a connection began: with an error, or with a socket that may yet fail before its first byte. */
export function noteRefusal(error: Error | null, socket: Socket | null): void {
  if (error) refusals.add(error);
  socket?.once('error', (lost) => {
    if (socket.bytesRead === 0) refusals.add(lost);
  });
}

/**
 * Whether a host would not have the connection, or dropped it before its first byte, as one does that has enough of them. A
 * connection that had carried a reply before and was lost is no refusal. Unknown through a proxy, which hides it.
 */
export function isRefusedConnection(failure: unknown): boolean {
  if (!(failure instanceof RegistryError) || !(failure.cause instanceof Error)) return false;
  if (failure.code !== 'connectionRefused' && failure.code !== 'connectionLost') return false;
  const { cause } = failure;
  return refusals.has(cause) || (cause instanceof errors.SocketError && cause.socket?.bytesRead === 0);
}
