import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import { RegistryClient, type RegistryOptions } from '../../src-main/engine/index.ts';
import type { CertificateAndKey } from './certificates.ts';
import { whenFinished } from './cleanup.ts';

/** A request as it came in; its body is read whole before it is answered. */
export interface Seen {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The client's port: identifies the connection. */
  readonly port: number;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer | object;
}

/** Answers, or takes the response over itself and returns nothing. */
type Handler = (seen: Seen, response: ServerResponse) => Answer | undefined | Promise<Answer | undefined>;

/** `METHOD /path` (without the query) → its answer. Whatever else comes fails the test. */
export type Routes = Readonly<Record<string, Handler | Answer>>;

export interface TestServer {
  readonly url: string;
  /** `host:port`. */
  readonly host: string;
  readonly seen: readonly Seen[];
  /** `METHOD /path?query` of each request. */
  lines(): readonly string[];
}

export interface ServerOptions {
  readonly tls?: CertificateAndKey & { readonly clientAuthority?: string };
  /** Name in the URL; the server listens on 127.0.0.1 all the same. */
  readonly name?: string;
}

/** A server that does exactly what a test says, misbehaviour included. Fails the test on a request without a route. */
export async function startServer(
  routes: Routes,
  { tls, name = '127.0.0.1' }: ServerOptions = {},
): Promise<TestServer> {
  const seen: Seen[] = [];
  const unexpected: string[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers, socket } = request;
    const body = await buffer(request);
    const one: Seen = { method, url, headers, body, port: socket.remotePort ?? 0 };
    seen.push(one);
    const route = routes[`${method} ${url.replace(/\?.*$/, '')}`] ?? routes[`${method} *`];
    if (route === undefined) {
      unexpected.push(`${method} ${url}`);
      response.writeHead(418).end();
      return;
    }
    const answer = typeof route === 'function' ? await route(one, response) : route;
    if (answer === undefined) return;
    const { status = 200, headers: own = {}, body: content = '' } = answer;
    // What answers several routes says so of a request that it does not know.
    if (status === 418) unexpected.push(`${method} ${url}`);
    const json = typeof content === 'object' && !Buffer.isBuffer(content);
    const bytes = Buffer.isBuffer(content)
      ? content
      : Buffer.from(json ? JSON.stringify(content) : String(content));
    response.writeHead(status, {
      ...(json ? { 'content-type': 'application/json' } : {}),
      'content-length': String(bytes.length),
      ...(own as Record<string, string>),
    });
    response.end(method === 'HEAD' ? undefined : bytes);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    listener(request, response).catch(() => response.destroy()); // the client left in the middle of its body
  };
  const server = tls
    ? createHttpsServer(
        {
          cert: tls.certificate,
          key: tls.key,
          ...(tls.clientAuthority === undefined
            ? {}
            : { ca: tls.clientAuthority, requestCert: true, rejectUnauthorized: true }),
        },
        answer,
      )
    : createHttpServer(answer);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(unexpected, 'requests that the test did not expect').toEqual([]);
  });
  const host = `${name}:${(server.address() as AddressInfo).port}`;
  return {
    url: `${tls ? 'https' : 'http'}://${host}`,
    host,
    seen,
    lines: () => seen.map(({ method, url }) => `${method} ${url}`),
  };
}

/** A server below HTTP, for what Node's own would never do; answers its URL. */
export async function startTcpServer(talk: (socket: Socket) => void): Promise<{ readonly url: string }> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined); // the client may hang up as it likes
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Retries without the waits a real registry deserves. */
const QUICK: NonNullable<RegistryOptions['retry']> = { baseDelay: 1, maxDelay: 2 };

/** A client that closes when the test ends. */
export function clientOf(
  server: { readonly url: string },
  changes: Partial<RegistryOptions> = {},
): RegistryClient {
  const client = new RegistryClient({ url: server.url, proxy: { kind: 'none' }, retry: QUICK, ...changes });
  whenFinished(() => client.close());
  return client;
}

/** The error that a promise ends with; fails where it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    (value) => expect.fail(`It should have failed and gave ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
