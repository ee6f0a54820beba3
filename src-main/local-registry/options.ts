import type { CollectionService } from './storage/collection/types.ts';
import type { RegistryStorage } from './storage/storage.ts';

/** What this registry can not do, so that it can play other products. Everything defaults to full ability. */
export interface RegistryLimits {
  /** False: deletes of manifests and blobs get 405 UNSUPPORTED (distribution's default). */
  delete?: boolean;
  /** False: a delete by tag gets 400 DIGEST_INVALID (distribution 2.8). */
  deleteByTag?: boolean;
  /** False: the catalog is refused with 403 DENIED. */
  catalog?: boolean;
  /** False: the referrers route is 404 and a push with a subject gets no `OCI-Subject`. */
  referrers?: boolean;
  /** False: a mount is answered as a new upload, 202. */
  mount?: boolean;
  /** False: tags/list ignores `n` and `last` and is not sorted (distribution 2.8). */
  paging?: boolean;
  /** False: an index may name manifests that are not there (sparse indexes; several products allow them). */
  children?: boolean;
  /** False: a manifest may name blobs that are not there: a registry that checks nothing. */
  blobs?: boolean;
  /** False: `Range` is ignored: blobs come whole, with 200. */
  range?: boolean;
  /** The most entries in one page of tags or catalog; a larger or missing `n` is cut to it. */
  maxPage?: number;
}

/** What a request needs a token for. The ping needs a valid token only: no name, no actions. */
export interface AccessNeed {
  type: 'repository' | 'registry';
  name: string;
  actions: string[];
}

export type RegistryAuth =
  | { kind: 'basic'; users: Record<string, string> }
  | {
      kind: 'token';
      realm: string;
      service: string;
      verify(token: string, need: AccessNeed): 'ok' | 'invalid' | 'insufficient';
    };

export interface LocalRegistryOptions {
  /** Storage root; created if missing. One registry at a time may use it. */
  folder: string;
  /** 0, the default, takes a free port. */
  port?: number;
  /** PEM texts. With `ca`, client certificates signed by it are requested and required. */
  tls?: { cert: string; key: string; ca?: string };
  auth?: RegistryAuth;
  limits?: RegistryLimits;
  /** Initial faults. */
  faults?: Fault[];
  /**
   * Milliseconds for which what a manifest names is kept after its push, because another push that is under way may share it;
   * collections wait for it. Default: 15 s.
   */
  settlesMs?: number;
  /** Called once for each request, just before its answer is complete at the client. */
  onRequest?: (seen: SeenRequest) => void;
  /** Also answers to the names by which containers and virtual machines reach their host. */
  containers?: boolean;
  /**
   * Further names this registry answers to in `Host`. Without TLS and sign-in only loopback names are answered, so that
   * a web page whose name was rebound to 127.0.0.1 can not read or delete images.
   */
  hosts?: string[];
}

export interface SeenRequest {
  method: string;
  /** With the query. */
  path: string;
  /** 0 if no answer was sent. */
  status: number;
  /** Body bytes taken from the client. */
  requestBytes: number;
  /** Body bytes sent to the client. */
  responseBytes: number;
  /** `authorization` is cut to its scheme. */
  headers: Record<string, string>;
  /** The client's port: identifies the connection. */
  remotePort: number;
}

interface FaultMatch {
  method?: string;
  /** Tested against the path with its query. */
  path?: RegExp;
  /** How many matches it applies to; default: every one. */
  times?: number;
  /** How many matches pass unharmed first. */
  after?: number;
}

/** Something that goes wrong on purpose. Several may apply to one request. */
export type Fault = { when: FaultMatch } & (
  | { kind: 'latency'; ms: number }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string | Uint8Array }
  /** Resets the connection: at once, or when that many bytes of the request's body were taken. */
  | { kind: 'reset'; afterBytes?: number }
  /** Closes the connection after that many bytes of the answer's body. */
  | { kind: 'truncate'; afterBytes: number }
  /** Flips one bit in the middle of the answer's body; its length stays. */
  | { kind: 'corrupt' }
  | { kind: 'wrongDigestHeader' }
  /** Sends that many bytes of the answer's body, then nothing, and keeps the connection open. */
  | { kind: 'stall'; afterBytes: number }
  | { kind: 'redirect'; location: string }
  /** Paces the bodies of the request and of the answer. */
  | { kind: 'slow'; bytesPerSecond: number }
);

export interface LocalRegistry {
  /** `http://127.0.0.1:PORT`, or https with TLS. */
  readonly url: string;
  readonly port: number;
  /** The latest requests, oldest first; bounded. */
  readonly requests: readonly SeenRequest[];
  clearRequests(): void;
  /** Returns what removes it. */
  inject(fault: Fault): () => void;
  clearFaults(): void;
  /** Changes the limits named; the others stay. */
  setLimits(limits: RegistryLimits): void;
  readonly storage: RegistryStorage;
  readonly collector: CollectionService;
  /** Stops listening, destroys open sockets and frees the folder. Safe to repeat. */
  close(): Promise<void>;
}
