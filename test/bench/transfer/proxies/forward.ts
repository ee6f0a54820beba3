import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { Server } from '../process.ts';

export interface ForwardHooks {
  /** True: it has answered itself. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Bytes of a request's body, as they arrive. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * An HTTP proxy before a registry on this machine. The client's `Host` is kept, so that locations lead back here; a client that goes
 * away in the middle of a body is gone for the registry as well.
 */
export async function startForwarder(target: number, { intercept, onBytes }: ForwardHooks): Promise<Server> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 120_000 }, (request, response) => {
    if (intercept?.(request, response)) return;
    const { method, url: path, headers } = request;
    const forwarded = open({ port: target, host: '127.0.0.1', agent, method, path, headers });
    forwarded.on('response', (reply) => {
      if (response.destroyed) {
        reply.destroy();
        return;
      }
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      pipeline(reply, response, () => {});
    });
    forwarded.on('error', () => response.destroy());
    if (onBytes !== undefined) request.on('data', (part: Buffer) => onBytes(part.byteLength));
    pipeline(request, forwarded, () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}
