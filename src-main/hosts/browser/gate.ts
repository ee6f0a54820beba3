import type { IncomingMessage } from 'node:http';
import {
  DOWNLOAD_PATH,
  SESSION_FRAGMENT,
  SESSION_PATH,
  SESSION_PROTOCOL_PREFIX,
  UPLOAD_PATH,
} from '../../contract/browser-session.ts';
import { pageHeaders } from '../shared/page-headers.ts';
import type { RendererFile, RendererFiles } from '../shared/renderer-files.ts';
import { Sessions } from './sessions.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

/** Decides what each request gets; see `serveBrowser` for the rules. */
export class Gate {
  readonly sessions = new Sessions();
  readonly #files: RendererFiles;
  readonly #hosts: ReadonlySet<string>;
  /** Of every answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(port: number, files: RendererFiles) {
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    this.#files = files;
    this.#hosts = new Set(hosts);
    this.headers = { ...pageHeaders(hosts.map((host) => `ws://${host}`)), 'cache-control': 'no-store' };
  }

  answer(request: IncomingMessage): Answer {
    return this.#whole(this.#decide(request));
  }

  /** What a WebSocket gets: its session's secret, or why it is refused. */
  admitSocket(request: IncomingMessage): string | Answer {
    if (addressOf(request)?.pathname !== '/rpc') return refusal(404, 'Nothing here.');
    const refused = this.#refuseHost(request) ?? this.#refuseOrigin(request);
    if (refused) return refused;
    const secret = offeredSecret(request);
    return this.sessions.holds(secret) ? secret : refusal(401, 'Not signed in.');
  }

  /** Why an upload is refused; undefined: it is let in. */
  refuseUpload(request: IncomingMessage): Answer | undefined {
    const refused = this.#refuseHost(request) ?? this.#refuseOrigin(request) ?? this.#refuseStranger(request);
    return refused && this.#whole(refused);
  }

  isUpload(request: IncomingMessage): boolean {
    return request.method === 'POST' && addressOf(request)?.pathname === UPLOAD_PATH;
  }

  isDownload(request: IncomingMessage): boolean {
    return request.method === 'GET' && (addressOf(request)?.pathname.startsWith(DOWNLOAD_PATH) ?? false);
  }

  /** Why a download is refused before its ticket is looked at; undefined: it is let in. */
  refuseDownload(request: IncomingMessage): Answer | undefined {
    const refused = this.#refuseHost(request) ?? this.#refuseOtherSite(request);
    return refused && this.#whole(refused);
  }

  nothingHere(): Answer {
    return this.#whole(refusal(404, 'Nothing here.'));
  }

  #whole({ status, headers, body }: Answer): Answer {
    return { status, headers: { ...this.headers, ...headers }, body };
  }

  #decide(request: IncomingMessage): Answer {
    const refused = this.#refuseHost(request) ?? this.#refuseMethod(request);
    if (refused) return refused;
    const address = addressOf(request);
    if (!address) return refusal(400, 'Not an address.');
    const token = address.pathname === '/' ? address.searchParams.get('token') : null;
    if (token !== null) return this.#signIn(token);
    if (address.pathname === SESSION_PATH) return this.#tellSession(request);
    return this.#serve(request, address.pathname);
  }

  #refuseHost(request: IncomingMessage): Answer | undefined {
    if (this.#hosts.has(request.headers.host ?? '')) return undefined;
    return refusal(421, 'This is not the host you asked for.');
  }

  #refuseOrigin(request: IncomingMessage): Answer | undefined {
    if (request.headers.origin === `http://${request.headers.host}`) return undefined;
    return refusal(403, 'Another origin may not ask this.');
  }

  /** A link brings no origin along; browsers say whose page it is on, and another port is another site's page to us. */
  #refuseOtherSite(request: IncomingMessage): Answer | undefined {
    if (request.headers.origin !== undefined) return this.#refuseOrigin(request);
    const site = request.headers['sec-fetch-site'] ?? 'none';
    return site === 'same-origin' || site === 'none'
      ? undefined
      : refusal(403, 'Another origin may not ask this.');
  }

  #refuseMethod(request: IncomingMessage): Answer | undefined {
    if (request.method === 'GET' || request.method === 'HEAD') return undefined;
    return (
      this.#refuseOrigin(request) ?? refusal(405, 'Only GET and HEAD are answered.', { allow: 'GET, HEAD' })
    );
  }

  #signIn(token: string): Answer {
    const secret = this.sessions.signIn(token);
    // The page itself says what to do then, or goes on with a session that it or another tab has.
    if (secret === null) return { ...sent(this.#files.page), status: 401 };
    return { status: 303, headers: { location: `/${SESSION_FRAGMENT}${secret}` }, body: '' };
  }

  #tellSession(request: IncomingMessage): Answer {
    return this.#refuseStranger(request) ?? { status: 204, headers: {}, body: '' };
  }

  #refuseStranger(request: IncomingMessage): Answer | undefined {
    const secret = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return this.sessions.holds(secret) ? undefined : refusal(401, 'Not signed in.');
  }

  #serve(request: IncomingMessage, path: string): Answer {
    const file = this.#files.find(path);
    if (file) return sent(file);
    // Every other address of a page is a place inside the app.
    if (request.headers.accept?.includes('text/html')) return sent(this.#files.page);
    return refusal(404, 'Nothing here.');
  }
}

function offeredSecret(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const secret = offered.find((name) => name.startsWith(SESSION_PROTOCOL_PREFIX));
  return secret?.slice(SESSION_PROTOCOL_PREFIX.length) ?? '';
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
