import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import { RPC_PROTOCOL, SESSION_PATH, SESSION_PROTOCOL_PREFIX } from '../src-main/contract/browser-session.ts';

/**
 * `lost`: calls fail until the link is back; it tries again by itself. `signedOut`: the browser host knows no session of this page, and
 * nothing is tried any more.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'signedOut';

/** How the window reaches the main side. */
export interface Connection extends ClientLink<ClientContext> {
  readonly state: ConnectionState;
  /** Calls back on each change of `state`; answers the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Ends it for good. */
  close(): void;
}

/** First wait before a new attempt; doubles up to the longest one. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

/**
 * WebSocket to the browser host that opens itself again. A call in flight when it breaks fails and is not sent again: only
 * its caller knows whether it may be repeated.
 */
class SocketConnection implements Connection {
  readonly #host: string;
  readonly #session: string;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #link: WebSocketLink<ClientContext>;
  #wait = FIRST_RETRY_MS;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(host: string, session: string) {
    this.#host = host;
    this.#session = session;
    this.#link = this.#open();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    const state = this.#socket?.readyState;
    if (state === WebSocket.CONNECTING || state === WebSocket.OPEN)
      return this.#link.call(path, input, options);
    return Promise.reject(new Error('The connection to the main side is lost.'));
  }

  close(): void {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #open(): WebSocketLink<ClientContext> {
    const protocols = [RPC_PROTOCOL, SESSION_PROTOCOL_PREFIX + this.#session];
    const socket = new WebSocket(`ws://${this.#host}/rpc`, protocols);
    this.#socket = socket;
    let wasOpen = false;
    socket.addEventListener('open', () => {
      wasOpen = true;
      this.#wait = FIRST_RETRY_MS;
      this.#change('open');
    });
    socket.addEventListener('close', async () => {
      this.#change('lost');
      // A refused WebSocket looks to a page like a host that is gone: only asking distinguishes them.
      if (!wasOpen && (await this.#isRefused())) this.#change('signedOut');
      else if (this.#socket === socket) this.#tryAgainLater();
    });
    return new WebSocketLink({ websocket: quietAfterEnd(socket) });
  }

  #tryAgainLater(): void {
    this.#retry = setTimeout(() => {
      this.#link = this.#open();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_RETRY_MS);
  }

  async #isRefused(): Promise<boolean> {
    const headers = { authorization: `Bearer ${this.#session}` };
    try {
      return (await fetch(`http://${this.#host}${SESSION_PATH}`, { headers })).status === 401;
    } catch {
      return false;
    }
  }

  #change(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** No link at all: this page has no session to open one with. */
const signedOut: Connection = {
  state: 'signedOut',
  subscribe: () => () => {},
  close: () => {},
  call: () => Promise.reject(new Error('This page is not signed in.')),
};

/**
 * The socket, which after its end takes what is sent and drops it: calls in flight have failed by then, but each shows the other
 * side that it ended, and that must not become an error of its own. New calls do not come here: see `SocketConnection.call`.
 */
function quietAfterEnd(
  socket: WebSocket,
): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> {
  return {
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    get readyState() {
      return socket.readyState === WebSocket.CONNECTING ? WebSocket.CONNECTING : WebSocket.OPEN;
    },
    send(data: Parameters<WebSocket['send']>[0]) {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
  };
}

/** Message port of the desktop app: it lives as long as the window. */
class PortConnection implements Connection {
  readonly state = 'open';
  readonly #link: MessagePortLink<ClientContext>;
  readonly #port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#link = new MessagePortLink({ port: port1 });
    port1.start();
    // The preload takes the other end and hands it to the main process.
    window.postMessage('wharfinger:connect', '*', [port2]);
  }

  subscribe(): () => void {
    return () => {};
  }

  close(): void {
    this.#port.close();
  }

  call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    return this.#link.call(path, input, options);
  }
}

/**
 * Message port in the desktop app (`wharfinger:` pages), WebSocket `/rpc` of the page's own origin elsewhere.
 *
 * @param session the secret of this page's session with the browser host; see `findSession`
 */
export function connect(location: Pick<Location, 'protocol' | 'host'>, session: string | null): Connection {
  if (location.protocol === 'wharfinger:') return new PortConnection();
  return session === null ? signedOut : new SocketConnection(location.host, session);
}
