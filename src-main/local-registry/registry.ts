import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { exchange, type Registry } from './exchange.ts';
import { Access } from './http/access.ts';
import { FaultSet } from './http/faults.ts';
import { RequestLog } from './http/request-log.ts';
import type { LocalRegistry, LocalRegistryOptions } from './options.ts';
import { DiskStorage } from './storage/storage.ts';

/** Loopback only, always: the registry is for programs of this machine. */
const ADDRESS = '127.0.0.1';

/** Longer than the pause between two requests of any client, so that none meets a connection just being closed. */
const KEEP_ALIVE_MS = 65_000;

/** Starts a registry on 127.0.0.1. @throws if the port or the folder is in use, or the folder can not be written. */
export async function startLocalRegistry(options: LocalRegistryOptions): Promise<LocalRegistry> {
  const {
    folder,
    port = 0,
    tls,
    auth,
    limits = {},
    faults,
    onRequest,
    containers = false,
    hosts = [],
    settlesMs,
  } = options;
  const storage = await DiskStorage.open(folder, settlesMs);
  const sockets = new Map<number, Socket>();
  const running = new Set<Promise<void>>();
  const registry: Registry = {
    storage,
    access: new Access(auth),
    limits: { ...limits },
    faults: new FaultSet(faults),
    log: new RequestLog(onRequest),
    hostPolicy: { checkHost: !tls && !auth, containers, hosts },
    reset: (remotePort) => sockets.get(remotePort)?.resetAndDestroy(),
  };
  const listener: RequestListener = (request, response) => {
    const work = exchange(registry, request, response).finally(() => running.delete(work));
    running.add(work);
  };
  let server: Server;
  try {
    server = createListener(tls, listener);
    // Set before listening; TLS sockets are seen here as the TCP sockets they run on.
    server.on('connection', (socket: Socket) => {
      const { remotePort = 0 } = socket;
      sockets.set(remotePort, socket);
      socket.once('close', () => sockets.delete(remotePort));
    });
    server.listen(port, ADDRESS);
    await once(server, 'listening');
  } catch (error) {
    await storage.close();
    throw error;
  }
  const bound = (server.address() as AddressInfo).port;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets.values()) socket.destroy();
    await Promise.all([closed, ...running]);
    await storage.close();
  };
  return {
    url: `${tls ? 'https' : 'http'}://${ADDRESS}:${bound}`,
    port: bound,
    requests: registry.log.entries,
    clearRequests: () => registry.log.clear(),
    inject: (fault) => registry.faults.inject(fault),
    clearFaults: () => registry.faults.clear(),
    setLimits: (changed) => void Object.assign(registry.limits, changed),
    storage,
    collector: storage.collector,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function createListener(tls: LocalRegistryOptions['tls'], listener: RequestListener): Server {
  // A slow upload of a large layer may take as long as it takes.
  const timing = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 };
  if (!tls) return createServer(timing, listener);
  const clients = tls.ca === undefined ? {} : { ca: tls.ca, requestCert: true, rejectUnauthorized: true };
  return createTlsServer({ ...timing, cert: tls.cert, key: tls.key, ...clients }, listener);
}
