import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { whenFinished } from './cleanup.ts';

export interface SocksServer {
  readonly port: number;
  /** `domain NAME:PORT` or `address IP:PORT`, as it was asked to connect to. */
  readonly asked: readonly string[];
  /** `name:password` of each sign-in. */
  readonly users: readonly string[];
}

/** Reads exactly so many bytes of a socket at a time. */
class Bytes {
  readonly #socket: Socket;
  #rest = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  async take(count: number): Promise<Buffer> {
    while (this.#rest.length < count) {
      const chunk = this.#socket.read() as Buffer | null;
      if (chunk) this.#rest = Buffer.concat([this.#rest, chunk]);
      else if (this.#socket.readableEnded || this.#socket.destroyed) throw new Error('The client left.');
      else
        await new Promise<void>((resolve) => {
          const wake = () => {
            for (const event of ['readable', 'end', 'close']) this.#socket.off(event, wake);
            resolve();
          };
          for (const event of ['readable', 'end', 'close']) this.#socket.on(event, wake);
        });
    }
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }
}

/**
 * A SOCKS 5 proxy on this machine. Whatever host it is asked for is 127.0.0.1; with `user` (`name:password`) it wants a sign-in;
 * with `refusal` it answers that code of RFC 1928 instead of connecting.
 */
export async function startSocksServer({
  user,
  refusal = 0,
}: {
  user?: string;
  refusal?: number;
} = {}): Promise<SocksServer> {
  const asked: string[] = [];
  const users: string[] = [];
  const sockets = new Set<Socket>();

  const serve = async (socket: Socket): Promise<void> => {
    const bytes = new Bytes(socket);
    const [version = 0, methods = 0] = await bytes.take(2);
    if (version !== 5) return void socket.destroy();
    const offered = await bytes.take(methods);
    const method = user === undefined ? 0 : 2;
    if (!offered.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
    socket.write(Buffer.from([5, method]));
    if (user !== undefined) {
      const text = async (): Promise<string> =>
        (await bytes.take((await bytes.take(1))[0] ?? 0)).toString('utf8');
      await bytes.take(1);
      const given = `${await text()}:${await text()}`;
      users.push(given);
      socket.write(Buffer.from([1, given === user ? 0 : 1]));
      if (given !== user) return void socket.end();
    }
    const [, , , kind = 0] = await bytes.take(4);
    const host =
      kind === 3
        ? (await bytes.take((await bytes.take(1))[0] ?? 0)).toString('latin1')
        : [...(await bytes.take(kind === 4 ? 16 : 4))].join('.');
    const port = (await bytes.take(2)).readUInt16BE();
    asked.push(`${kind === 3 ? 'domain' : 'address'} ${host}:${port}`);
    if (refusal > 0) return void socket.end(Buffer.from([5, refusal, 0, 1, 0, 0, 0, 0, 0, 0]));
    const onward = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // the client may hang up as it likes
    serve(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, asked, users };
}
