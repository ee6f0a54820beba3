import type { IncomingMessage } from 'node:http';
import { pageHeaders } from '../shared/page-headers.ts';
import type { RendererFile, RendererFiles } from '../shared/renderer-files.ts';
import { Sessions } from './sessions.ts';
import { goOnPage, signInPage } from './sign-in-page.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

/** Decides what each request gets; see `serveBrowser` for the rules. */
export class Gate {
  readonly sessions = new Sessions();
  readonly #files: RendererFiles;
  readonly #hosts: ReadonlySet<string>;
  readonly #cookie: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(port: number, files: RendererFiles) {
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    this.#files = files;
    this.#hosts = new Set(hosts);
    // Cookies know no ports: two hosts on one machine must not overwrite each other's.
    this.#cookie = `wharfinger-${port}`;
    this.#headers = { ...pageHeaders(hosts.map((host) => `ws://${host}`)), 'cache-control': 'no-store' };
  }

  answer(request: IncomingMessage): Answer {
    const { status, headers, body } = this.#decide(request);
    return { status, headers: { ...this.#headers, ...headers }, body };
  }

  /** Why a WebSocket is refused; undefined where it is let in. */
  refuseSocket(request: IncomingMessage): Answer | undefined {
    if (addressOf(request)?.pathname !== '/rpc') return refusal(404, 'Nothing here.');
    const refused = this.#refuseHost(request) ?? this.#refuseOrigin(request);
    if (refused) return refused;
    return this.#isSignedIn(request) ? undefined : refusal(401, 'Not signed in.');
  }

  #decide(request: IncomingMessage): Answer {
    const refused = this.#refuseHost(request) ?? this.#refuseMethod(request);
    if (refused) return refused;
    const address = addressOf(request);
    if (!address) return refusal(400, 'Not an address.');
    const token = address.pathname === '/' ? address.searchParams.get('token') : null;
    if (token !== null) return this.#signIn(request, token);
    if (!this.#isSignedIn(request)) return { status: 401, headers: HTML, body: signInPage };
    return this.#serve(request, address.pathname);
  }

  #isSignedIn(request: IncomingMessage): boolean {
    return this.sessions.holds(this.#cookie, request.headers.cookie);
  }

  #refuseHost(request: IncomingMessage): Answer | undefined {
    if (this.#hosts.has(request.headers.host ?? '')) return undefined;
    return refusal(421, 'This is not the host you asked for.');
  }

  #refuseOrigin(request: IncomingMessage): Answer | undefined {
    if (request.headers.origin === `http://${request.headers.host}`) return undefined;
    return refusal(403, 'Another origin may not ask this.');
  }

  #refuseMethod(request: IncomingMessage): Answer | undefined {
    if (request.method === 'GET' || request.method === 'HEAD') return undefined;
    return (
      this.#refuseOrigin(request) ?? refusal(405, 'Only GET and HEAD are answered.', { allow: 'GET, HEAD' })
    );
  }

  #signIn(request: IncomingMessage, token: string): Answer {
    const session = this.sessions.signIn(token);
    // Whoever is signed in already may follow an old address again.
    if (session === null && !this.#isSignedIn(request))
      return { status: 401, headers: HTML, body: signInPage };
    const cookie =
      session === null
        ? undefined
        : { 'set-cookie': `${this.#cookie}=${session}; HttpOnly; SameSite=Strict; Path=/` };
    if (request.headers['sec-fetch-site'] === 'cross-site') {
      return { status: 200, headers: { ...HTML, ...cookie }, body: goOnPage };
    }
    return { status: 303, headers: { location: '/', ...cookie }, body: '' };
  }

  #serve(request: IncomingMessage, path: string): Answer {
    const file = this.#files.find(path);
    if (file) return sent(file);
    // Every other address of a page is a place inside the app.
    if (request.headers.accept?.includes('text/html')) return sent(this.#files.page);
    return refusal(404, 'Nothing here.');
  }
}

function addressOf(request: IncomingMessage): URL | undefined {
  // Only origin-form (RFC 9112, section 3.2.1): an absolute address would bring its own host.
  if (!request.url?.startsWith('/')) return undefined;
  return URL.parse(`http://127.0.0.1${request.url}`) ?? undefined;
}

function sent({ body, type, immutable }: RendererFile): Answer {
  const caching = immutable ? { 'cache-control': 'private, max-age=31536000, immutable' } : undefined;
  return {
    status: 200,
    headers: { 'content-type': type, 'content-length': String(body.length), ...caching },
    body,
  };
}

function refusal(status: number, reason: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { ...TEXT, ...headers }, body: `${reason}\n` };
}
