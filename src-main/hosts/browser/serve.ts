import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { GiveDownload, TakeUpload } from '../../api/index.ts';
import { RPC_PROTOCOL } from '../../contract/browser-session.ts';
import type { RendererFiles } from '../shared/renderer-files.ts';
import { send } from './download.ts';
import { type Answer, Gate } from './gate.ts';
import { receive } from './upload.ts';

/** Tried where no port is asked for: an address that stays the same keeps what the browser remembers of the page. */
const USUAL_PORT = 7420;
/** The largest request is an account with its certificates. */
const LARGEST_MESSAGE = 16 * 1024 * 1024;
/** An image of 20 GB takes minutes also on this machine. */
const UPLOAD_WITHIN_MS = 60 * 60_000;
/** Open connections get this long to close by themselves. */
const CLOSE_WITHIN_MS = 1_000;

export interface BrowserHostOptions {
  /** The contract's implementation; needs no context. */
  readonly router: AnyRouter;
  readonly files: RendererFiles;
  /** Takes in what a page uploads. */
  readonly take: TakeUpload;
  /** Gives what a page downloads. */
  readonly give: GiveDownload;
  /** Default: the usual one, or a free one where that is taken. */
  readonly port?: number | undefined;
}

export interface BrowserHost {
  readonly port: number;
  /**
   * An address that signs one page in, once.
   *
   * @param lifetime milliseconds it is good for; for ever by default
   * @param onUsed called when it has signed one in
   */
  newAddress(lifetime?: number, onUsed?: () => void): string;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/**
 * Serves the renderer and the contract to browsers of this machine.
 *
 * Only 127.0.0.1 is listened on. Every request must name this host in `Host` (a name rebound to 127.0.0.1 does not). The built
 * renderer is served to any client: it holds nothing of the user's. All that does is behind the WebSocket, which needs our own
 * `Origin` and the secret of a session, known to the page alone; what it saved to be downloaded needs a ticket got there. There are
 * no cookies.
 *
 * @throws if a chosen port is in use (`EADDRINUSE`)
 */
export async function serveBrowser({
  router,
  files,
  take,
  give,
  port,
}: BrowserHostOptions): Promise<BrowserHost> {
  const server = createServer({ requestTimeout: UPLOAD_WITHIN_MS });
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const gate = new Gate(bound, files);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: () => RPC_PROTOCOL,
  });
  const handler = new RPCHandler(router);

  server.on('request', (request, response) => {
    if (gate.isUpload(request)) {
      void receive(request, response, gate, take);
      return;
    }
    if (gate.isDownload(request)) {
      void send(request, response, gate, give);
      return;
    }
    const { status, headers, body } = gate.answer(request);
    response.writeHead(status, headers).end(body);
  });
  server.on('upgrade', (request, socket, head) => {
    const admitted = gate.admitSocket(request);
    if (typeof admitted !== 'string') {
      refuseUpgrade(socket, admitted);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.once('close', gate.sessions.connect(admitted));
      // A broken frame closes this connection and harms nothing else.
      webSocket.on('error', () => webSocket.terminate());
      void handler.upgrade(webSocket, { context: {} });
    });
  });

  return {
    port: bound,
    newAddress: (lifetime, onUsed) =>
      `http://127.0.0.1:${bound}/?token=${gate.sessions.issueToken(lifetime, onUsed)}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets.clients) socket.close(1001, 'Wharfinger ends');
      const late = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, CLOSE_WITHIN_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(late);
    },
  };
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  try {
    await once(server.listen(port ?? USUAL_PORT, '127.0.0.1'), 'listening');
  } catch (error) {
    if (port !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }
}

function refuseUpgrade(socket: Duplex, { status, body }: Answer): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${body}`);
}
