import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { RegistryError } from '../errors.ts';
import { guardedLookup, guardHostname } from './address-guard.ts';
import type { TlsOptions } from './dispatchers.ts';
import { transportFailure } from './failure.ts';

/** Milliseconds that a port is given to answer a TLS handshake: one that speaks TLS does so at once. */
const HANDSHAKE_WAIT = 2_000;
/** Milliseconds that a server is given to say why it hung up on a connection it had just accepted. */
const HANG_UP_WAIT = 1_000;

/**
 * Opens a TCP connection to the registry's own origin and closes it: the first step of the connection test.
 *
 * @param wait milliseconds
 * @returns the address that was reached
 * @throws {RegistryError}
 */
export async function reach(origin: URL, wait: number, signal: AbortSignal | undefined): Promise<string> {
  const description = `CONNECT ${origin.host}`;
  const timeout = AbortSignal.timeout(wait);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  let socket: Socket | undefined;
  try {
    signal?.throwIfAborted();
    guardHostname(origin.hostname, 'own');
    return await new Promise<string>((resolve, reject) => {
      const opened = connectSocket({
        host: hostOf(origin),
        port: portOf(origin),
        lookup: guardedLookup('own'),
      });
      socket = opened;
      opened.once('error', reject);
      opened.once('connect', () => resolve(opened.remoteAddress ?? ''));
      either.addEventListener('abort', () => reject(either.reason), { once: true });
    });
  } catch (error) {
    if (timeout.aborted && !signal?.aborted)
      throw new RegistryError('timeout', description, {
        reason: `No answer within ${wait / 1000} s.`,
        cause: error,
      });
    throw transportFailure(error, description, { proxied: false, signal });
  } finally {
    socket?.destroy();
  }
}

/** Whether a port that did not take plain http speaks TLS. Nothing is sent, so it does not matter whose certificate it is. */
export function speaksTls(origin: URL): Promise<boolean> {
  const socket = handshake(origin, { rejectUnauthorized: false });
  return new Promise<boolean>((resolve) => {
    socket.setTimeout(HANDSHAKE_WAIT, () => resolve(false));
    socket.once('error', () => resolve(false));
    socket.once('secureConnect', () => resolve(true));
  }).finally(() => socket.destroy());
}

/**
 * Whether the registry hangs up right after the handshake. In TLS 1.3 it looks at the client certificate only then, and its
 * alert is lost where our request is on its way already; on a connection without a request it can be read.
 */
export function wantsCertificate(origin: URL, tls: TlsOptions): Promise<boolean> {
  const socket = handshake(origin, tls);
  let shaken = false;
  return new Promise<boolean>((resolve) => {
    socket.setTimeout(HANG_UP_WAIT, () => resolve(false));
    socket.once('secureConnect', () => {
      shaken = true;
    });
    socket.once('error', (error) => {
      resolve(transportFailure(error, '', { proxied: false }).code === 'tlsClientCertificate');
    });
    socket.once('close', () => resolve(shaken));
    socket.resume();
  }).finally(() => socket.destroy());
}

/** A TLS connection to the registry's own origin without a request. */
function handshake(origin: URL, tls: TlsOptions): TLSSocket {
  const hostname = hostOf(origin);
  return connectTls({
    host: hostname,
    port: portOf(origin),
    ...(isIP(hostname) ? {} : { servername: hostname }),
    ...tls,
    lookup: guardedLookup('own'),
    ALPNProtocols: ['http/1.1'],
  });
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
