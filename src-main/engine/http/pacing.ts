import { RegistryError } from '../errors.ts';
import { ConnectionBound } from './connection-bound.ts';
import type { ClientRequest } from './options.ts';
import { type Waiter, Window } from './window.ts';

/**
 * Requests that are paced together. Kinds never wait for places of each other, so that long uploads hold up no HEAD, and an
 * upload always gets the download it waits for:
 * - `look`: HEAD and GET of manifests, lists, upload states: small and without effect;
 * - `download`: GET of a blob, until its last byte;
 * - `upload`: PUT and PATCH of a blob;
 * - `write`: small requests that change something: manifests, deletions, mounts, the beginning of an upload;
 * - `token`: of a token service. Others wait for it while they hold their place, so it waits for none of them.
 */
export type RequestKind = 'look' | 'download' | 'upload' | 'write' | 'token';

/** The start before anything is known of a host: what common tools use by default, and no server minds. */
const INITIAL: Readonly<Record<RequestKind, number>> = {
  look: 8,
  download: 6,
  upload: 6,
  write: 6,
  token: 4,
};
const KINDS = Object.keys(INITIAL) as RequestKind[];
/** Up and down each, reached by a host that takes it all: fills a line 100 ms away with layers of 1 MB. */
const BLOBS_MAX = 32;
const TOKENS_MAX = 4;
/** Milliseconds after an answer for which a host that refuses connections counts as busy or restarting, and not as gone. */
const LATELY = 60_000;

export function kindOf(
  { method, download }: Pick<ClientRequest, 'method' | 'download'>,
  url: URL,
): RequestKind {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return download ? 'download' : 'look';
    case 'PUT':
    case 'PATCH':
      return url.pathname.includes('/manifests/') ? 'write' : 'upload';
    default:
      return 'write';
  }
}

/** Requests of a kind that one client may have under way, where `requests` bounds the small ones. */
export function ceilingOf(kind: RequestKind, requests: number): number {
  if (kind === 'token') return TOKENS_MAX;
  return kind === 'download' || kind === 'upload' ? BLOBS_MAX : requests;
}

/** Sockets with which pacing alone decides who waits. */
export function socketsFor(requests: number): number {
  return KINDS.reduce((sum, kind) => sum + ceilingOf(kind, requests), 0);
}

/**
 * What one host asked of all requests to it: how many at once it takes, and the wait of a `Retry-After`. Shared by every client
 * of this process that speaks to the host, since the host counts by address and account and not by client.
 */
export class HostPacing {
  readonly #windows = {} as Record<RequestKind, Window>;
  readonly #connections = new ConnectionBound();
  #tickets = 0;
  #blockedUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #resting = 0;

  constructor() {
    for (const kind of KINDS) this.#windows[kind] = new Window(INITIAL[kind]);
  }

  /** Whether the host answered something within the last minute. */
  get answersLately(): boolean {
    return performance.now() - this.#answeredAt < LATELY;
  }

  /** Whether a connection is free in the next turn of the event loop, see {@link Slot.rest}. */
  get resting(): boolean {
    return this.#resting > 0;
  }

  /**
   * A place for one request, as soon as the host takes it; first come, first served within a kind. It must be released.
   *
   * @throws {RegistryError} `cancelled`
   */
  enter(kind: RequestKind, ceiling: number, signal?: AbortSignal): Slot | Promise<Slot> {
    if (signal?.aborted) throw new RegistryError('cancelled', '', { cause: signal.reason });
    const window = this.#windows[kind];
    const ticket = ++this.#tickets;
    if (window.waiting.size === 0 && !this.#blocked() && this.#admits(kind, ceiling))
      return this.#place(kind, ticket, ceiling);
    return new Promise<Slot>((resolve, reject) => {
      const leave = (): void => {
        window.waiting.delete(waiter);
        this.#rest();
        this.#serve();
        reject(new RegistryError('cancelled', '', { cause: signal?.reason }));
      };
      const waiter: Waiter = {
        ticket,
        ceiling,
        admit: () => {
          window.waiting.delete(waiter);
          signal?.removeEventListener('abort', leave);
          resolve(this.#place(kind, ticket, ceiling));
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      window.waiting.add(waiter);
      this.#serve();
    });
  }

  /** Holds back all requests to the host for so many seconds from now. A shorter wait never cuts a longer one. */
  block(seconds: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, performance.now() + seconds * 1000);
  }

  #place(kind: RequestKind, ticket: number, ceiling: number): Slot {
    const window = this.#windows[kind];
    const { burst } = window;
    const counted = kind !== 'token';
    const room = kind === 'upload' ? new AbortController() : undefined;
    const giveWay = room && (() => room.abort());
    window.enter();
    if (counted) this.#connections.enter(giveWay);
    return new Slot({
      ...(room ? { givesWay: room.signal } : {}),
      resting: (change) => {
        this.#resting += change;
      },
      answered: (status) => {
        this.#answeredAt = performance.now();
        if (status === 429 || status === 503) window.refused(burst);
        else if (status < 500) window.succeeded(burst, ceiling);
        if (counted) this.#connections.answered(ticket);
      },
      left: ({ refused, whole }) => {
        window.leave();
        if (counted) {
          if (whole) this.#connections.answered(ticket);
          this.#connections.leave(giveWay);
          if (refused) this.#connections.refused(this.#tickets, kind === 'upload');
        }
        this.#serve();
      },
    });
  }

  #admits(kind: RequestKind, ceiling: number): boolean {
    return (
      this.#windows[kind].admits(ceiling) && (kind === 'token' || this.#connections.admits(kind === 'upload'))
    );
  }

  /** Admits every request that may start, the longest waiting first. */
  #serve(): void {
    for (;;) {
      let first: Waiter | undefined;
      for (const kind of KINDS) {
        const { waiting } = this.#windows[kind];
        if (waiting.size === 0) continue;
        const head = waiting.values().next();
        if (head.done || (first && first.ticket < head.value.ticket)) continue;
        if (this.#admits(kind, head.value.ceiling)) first = head.value;
      }
      if (!first || this.#blocked()) return;
      first.admit();
    }
  }

  /** Whether a `Retry-After` is running; then those who wait are served at its end. */
  #blocked(): boolean {
    const left = this.#blockedUntil - performance.now();
    if (left <= 0) return false;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#serve();
    }, Math.ceil(left));
    return true;
  }

  /** No timer may keep a process alive once nothing waits for it. */
  #rest(): void {
    if (Object.values(this.#windows).some(({ waiting }) => waiting.size > 0)) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

interface Outcome {
  /** The host would not have the connection. */
  refused: boolean;
  /** Its reply came to a good end. */
  whole: boolean;
}

interface Place {
  readonly givesWay?: AbortSignal;
  resting(change: 1 | -1): void;
  answered(status: number): void;
  left(outcome: Outcome): void;
}

/** One request's place at a host. */
export class Slot {
  readonly #place: Place;
  #released = false;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Of uploads: fires where the request must end, since its host takes no connection beside it. */
  get givesWay(): AbortSignal | undefined {
    return this.#place.givesWay;
  }

  /** A reply's status has come. */
  answered(status: number): void {
    this.#place.answered(status);
  }

  /**
   * Releases the place when its connection can be used again. undici needs one turn of the event loop after a reply's end, and
   * opens another connection for a request that arrives earlier: a host would get twice as many as places.
   */
  rest(outcome: Partial<Outcome>): void {
    this.#place.resting(1);
    setImmediate(() => {
      this.#place.resting(-1);
      this.release(outcome);
    });
  }

  /** Gives the place to the next one; any further call does nothing. */
  release(outcome: Partial<Outcome> = {}): void {
    if (this.#released) return;
    this.#released = true;
    this.#place.left({ refused: false, whole: false, ...outcome });
  }
}

const hosts = new Map<string, HostPacing>();

export function pacingOf(origin: string): HostPacing {
  let pacing = hosts.get(origin);
  if (!pacing) {
    pacing = new HostPacing();
    hosts.set(origin, pacing);
  }
  return pacing;
}
