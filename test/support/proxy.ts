import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { whenFinished } from './cleanup.ts';

interface TestProxy {
  readonly url: string;
  readonly lines: string[];
}

/** A forward proxy with CONNECT; with `credentials` it wants them, and with `to` whatever is asked for is at that port of this machine. */
export async function startProxy(
  credentials?: string,
  { to }: { readonly to?: number } = {},
): Promise<TestProxy> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const allowed = (header: string | undefined): boolean =>
    credentials === undefined || header === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((request, response) => {
    lines.push(`${request.method} ${request.url}`);
    if (!allowed(request.headers['proxy-authorization'])) return void response.writeHead(407).end();
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const asked = new URL(String(request.url));
    // The header goes on to name the host that was meant.
    const url =
      to === undefined ? asked : new URL(`${asked.pathname}${asked.search}`, `http://127.0.0.1:${to}`);
    const onward = httpRequest(url, { method: request.method ?? 'GET', headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    lines.push(`CONNECT ${request.url}`);
    sockets.add(socket);
    if (!allowed(request.headers['proxy-authorization']))
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const [host = '', port = ''] = String(request.url).split(':');
    const [where, at] = to === undefined ? [host, Number(port)] : ['127.0.0.1', to];
    const onward = connect(at, where, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lines };
}
