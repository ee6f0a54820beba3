import type { Readable } from 'node:stream';
import type { TlsSettings } from './certificates.ts';
import type { Method } from './connection.ts';
import type { Credentials } from './credentials.ts';
import type { ReadCredentials } from './held-credentials.ts';
import type { Environment, ProxySetting } from './proxy.ts';
import type { RetryPolicy } from './retry.ts';
import type { Timeouts } from './timeouts.ts';

export interface RegistryOptions {
  /** Origin only: `https://host[:port]`. */
  url: string;
  credentials?: Credentials;
  /** Reads them anew when they are refused or end; without it those that are given are all there are. */
  readCredentials?: ReadCredentials | undefined;
  tls?: TlsSettings;
  /** Default: the system's. */
  proxy?: ProxySetting;
  /**
   * `host` or `host:port` that a registry may send us to although it is on a private address, and that may be given the
   * credentials where the registry names it as its token service.
   */
  approvedHosts?: readonly string[];
  /** Most small requests (no blobs) of one kind at once; the host may get fewer, see {@link HostPacing}. */
  requestConcurrency?: number;
  /** Origin of the port where the program says how it is, beside the registry: its administrator opens it. */
  debugUrl?: string;
  /** Path below which its product's own API is, where that is known: `/some/prefix`. */
  apiPath?: string;
  /** Most bytes of a blob sent to it in one request; default: what its product is known to take. */
  uploadChunk?: number;
  timeouts?: Partial<Timeouts>;
  retry?: Partial<RetryPolicy>;
  userAgent?: string;
  /** Called for every request as it ends, those for tokens and to other hosts included. */
  trace?: ((exchange: TracedExchange) => void) | undefined;
  /** Where `proxy: system` reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY; default `process.env`. */
  environment?: Environment;
}

/** A request and its reply without anything that is secret. */
export interface TracedExchange {
  /** Method and URL, see `describeRequest`. */
  readonly request: string;
  /** Scheme of the credentials that were sent. */
  readonly signIn?: string;
  /** Absent where no reply came. */
  readonly status?: number;
  /** Until the reply's headers. */
  readonly milliseconds: number;
}

export interface ClientRequest {
  method: Method;
  /** Absolute, or a path under the registry's origin. */
  url: URL | string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string | Readable;
  /** What a token for it must allow. */
  scopes?: readonly string[];
  /** `none`: no credentials are sent and no challenge is answered. */
  signIn?: 'none';
  /** Statuses that are answers; any other is thrown as an error. */
  expect: readonly number[];
  /**
   * Redirects are followed to other origins too, without credentials; else on the same origin only. Those of requests that change
   * something keep their method, and are never followed further; what is streamed cannot be sent twice and goes nowhere else.
   */
  follow?: boolean;
  /** A blob: counts as a download, see {@link RequestKind}, until its last byte. */
  download?: boolean;
  /** Bytes of a body that is read before the reply is given, so that a reply of 200 that is cut is asked for again. */
  wholeUpTo?: number;
  /** A user waits for it: may use the pulls that are kept in reserve where a registry counts them. */
  urgent?: boolean;
  /** Requests in all; 1 forbids retries. */
  tries?: number;
  headersTimeout?: number;
  signal?: AbortSignal | undefined;
}

/** Whether a body can be sent a second time. */
export function isReplayable(body: Uint8Array | string | Readable): body is Uint8Array | string {
  return typeof body === 'string' || body instanceof Uint8Array;
}
