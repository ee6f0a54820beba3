import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import {
  RPC_PROTOCOL,
  SESSION_PATH,
  SESSION_PROTOCOL_PREFIX,
} from '../../src-main/contract/browser-session.ts';
import { type Connection, connect } from '../../src-renderer/connection.ts';

const router = {
  echo: os.input(z.string()).handler(({ input }) => input),
  never: os.handler(() => new Promise<string>(() => {})),
};

interface Client {
  echo(input: string): Promise<string>;
  never(): Promise<string>;
}

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const SECRET = 'secret';
type Place = Pick<Location, 'protocol' | 'host'>;

/** A browser host that knows one session. */
async function serve(): Promise<{ server: Server; sockets: WebSocketServer; location: Place }> {
  const server = createServer((request, response) => {
    const known = request.url === SESSION_PATH && request.headers.authorization === `Bearer ${SECRET}`;
    response.writeHead(known ? 204 : 401).end();
  });
  const sockets = new WebSocketServer({
    server,
    path: '/rpc',
    handleProtocols: () => RPC_PROTOCOL,
    verifyClient: ({ req }: { req: IncomingMessage }) =>
      req.headers['sec-websocket-protocol']?.endsWith(SESSION_PROTOCOL_PREFIX + SECRET) ?? false,
  });
  const handler = new RPCHandler(router);
  sockets.on('connection', (socket) => handler.upgrade(socket, { context: {} }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { server, sockets, location: { protocol: 'http:', host: `127.0.0.1:${port}` } };
}

function client(
  location: Place,
  session: string | null = SECRET,
): { connection: Connection; client: Client } {
  const connection = connect(location, session);
  closing.push(() => connection.close());
  return { connection, client: createORPCClient(connection) as unknown as Client };
}

/** Resolves when the link is in the state; by its own events, without a clock. */
async function reaches(connection: Connection, state: Connection['state']): Promise<void> {
  if (connection.state === state) return;
  await new Promise<void>((resolve) => {
    const stop = connection.subscribe(() => {
      if (connection.state !== state) return;
      stop();
      resolve();
    });
  });
}

test('a call made while the link is opening waits for it', async () => {
  const { location } = await serve();
  const { connection, client: api } = client(location);
  expect(connection.state).toBe('connecting');
  await expect(api.echo('early')).resolves.toBe('early');
  expect(connection.state).toBe('open');
});

test('a broken link fails what is in flight, opens itself again and works', async () => {
  const { sockets, location } = await serve();
  const { connection, client: api } = client(location);
  await api.echo('first');
  const lost = reaches(connection, 'lost');
  const inFlight = expect(api.never()).rejects.toThrow();
  for (const socket of sockets.clients) socket.terminate();
  await lost;
  await inFlight;
  await reaches(connection, 'open');
  await expect(api.echo('again')).resolves.toBe('again');
});

test('a closed link stays closed', async () => {
  const { sockets, location } = await serve();
  const { connection, client: api } = client(location);
  await api.echo('first');
  const gone = Promise.all([...sockets.clients].map((socket) => once(socket, 'close')));
  connection.close();
  await gone;
  await reaches(connection, 'lost');
  await expect(api.echo('late')).rejects.toThrow();
});

test('a call while there is no link fails at once', async () => {
  const { server, sockets, location } = await serve();
  const { connection, client: api } = client(location);
  await api.echo('first');
  const lost = reaches(connection, 'lost');
  server.close();
  for (const socket of sockets.clients) socket.terminate();
  await lost;
  await expect(api.echo('into nothing')).rejects.toThrow('lost');
});

test('S5: a page whose session the host does not know is signed out', async () => {
  const { location } = await serve();
  const { connection, client: api } = client(location, 'earlier-start');
  await expect(api.echo('refused')).rejects.toThrow();
  await reaches(connection, 'signedOut');
  await expect(api.echo('again')).rejects.toThrow('lost');
});

test('S5: a page without a session connects to nothing', async () => {
  const { connection, client: api } = client({ protocol: 'http:', host: '127.0.0.1:9' }, null);
  expect(connection.state).toBe('signedOut');
  await expect(api.echo('nowhere')).rejects.toThrow('not signed in');
});
