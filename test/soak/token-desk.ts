import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccessNeed, RegistryAuth } from '../../src-main/local-registry/index.ts';

/** A token service whose tokens run out after some requests, so that they do so in the middle of everything. */
export class TokenDesk {
  readonly auth: RegistryAuth;
  readonly host: string;
  /** Good for everything and for good: for what a scenario does itself. */
  readonly master = randomUUID();
  readonly #server: Server;
  readonly #tokens = new Map<string, { scopes: ReadonlySet<string>; left: number }>();
  #uses: number;

  private constructor(server: Server, uses: number) {
    this.#server = server;
    this.#uses = uses;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.auth = {
      kind: 'token',
      realm: `http://${this.host}/token`,
      service: 'soak',
      verify: (token, need) => this.#verify(token, need),
    };
  }

  /** @param uses requests that a token is good for */
  static async open(uses: number): Promise<TokenDesk> {
    let desk: TokenDesk | undefined;
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://desk');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ token: desk?.issue(searchParams.getAll('scope')) }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    desk = new TokenDesk(server, uses);
    return desk;
  }

  issue(scopes: readonly string[]): string {
    const token = randomUUID();
    this.#tokens.set(token, { scopes: new Set(scopes.flatMap(singly)), left: this.#uses });
    return token;
  }

  /** From now on tokens last. */
  calm(): void {
    this.#uses = Number.POSITIVE_INFINITY;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #verify(token: string, { type, name, actions }: AccessNeed): 'ok' | 'invalid' | 'insufficient' {
    if (token === this.master) return 'ok';
    const known = this.#tokens.get(token);
    if (!known || known.left-- <= 0) return 'invalid';
    return actions.every((action) => known.scopes.has(`${type}:${name}:${action}`)) ? 'ok' : 'insufficient';
  }
}

/** `repository:a:pull,push` is two rights. */
function singly(scope: string): string[] {
  const at = scope.lastIndexOf(':');
  return scope
    .slice(at + 1)
    .split(',')
    .map((action) => `${scope.slice(0, at)}:${action}`);
}
