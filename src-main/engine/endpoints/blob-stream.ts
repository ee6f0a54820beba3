import { Readable } from 'node:stream';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { RateWatch } from '../http/rate-watch.ts';
import type { Reply } from '../http/reply.ts';
import { backoff, pause } from '../http/retry.ts';
import { pullScope } from '../http/scope.ts';
import { checkDigest, type DigestVerifier } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { checkRepository } from '../model/reference.ts';
import type { CallOptions } from './options.ts';

/** Cuts in a row without getting on in between after which a download is given up. */
const RESUMES_MAX = 5;
/** Bytes of a reply that count as getting on: a server that gives one at a time would be asked a million times for a megabyte. */
const PROGRESS_MIN = 16 * 1024;

export const blobPath = (repository: string, digest: string): string =>
  `/v2/${checkRepository(repository)}/blobs/${checkDigest(digest)}`;

interface BlobPlace extends Pick<Descriptor, 'digest' | 'size'>, CallOptions {
  repository: string;
  /** The first byte wanted. */
  offset: number;
}

/**
 * A blob's bytes as they come, verified: what does not match digest and size ends in an error in place of the last chunk,
 * so that a consumer must not act on the bytes before the stream has ended well. Nothing is asked before the first read.
 *
 * A download that is cut goes on where it stopped, by Range and with the hash kept. A registry that answers a Range by anything
 * but that part is asked for the whole blob instead, of which the bytes already taken are skipped: some refuse every Range
 * (416), some send another part. Redirects go to their host without credentials.
 *
 * Errors are {@link RegistryError}s: `digestMismatch`, `notFound`, and those of the transport once resuming did not help. It
 * is a stream and no generator so that a chunk goes from the socket it came by to the one it leaves by at once, without the
 * promises of an asynchronous iteration for each: about 5 % of a transfer's CPU, most of the rest being hash and sockets.
 *
 * @see OCI distribution-spec 1.1, "Pulling blobs"
 */
export class BlobStream extends Readable {
  readonly #client: RegistryClient;
  readonly #verifier: DigestVerifier;
  readonly #place: BlobPlace;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #started = false;
  #body: Readable | undefined;
  /** Where the next byte to come belongs, and how many before it come again. */
  #at: number;
  #skip = 0;
  #watch: RateWatch | undefined;
  /** The registry gives parts of a blob, as far as is known. */
  #givesParts = true;
  #failure: RegistryError | undefined;

  constructor(client: RegistryClient, verifier: DigestVerifier, place: BlobPlace) {
    super();
    this.#client = client;
    this.#verifier = verifier;
    this.#place = place;
    this.#at = place.offset;
    this.#signal = place.signal ? AbortSignal.any([place.signal, this.#stop.signal]) : this.#stop.signal;
  }

  /** Why it ended itself; undefined also if its reader destroyed it. */
  get failure(): RegistryError | undefined {
    return this.#failure;
  }

  override _read(): void {
    if (this.#started) {
      this.#watch?.ready();
      this.#body?.resume();
    } else {
      this.#started = true;
      this.#download().then(
        () => this.push(null),
        (error: unknown) => this.#fail(error),
      );
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Each abort makes an error with a stack: 5 ms in a copy of fifty layers.
    if (!this.readableEnded) this.#stop.abort();
    done(error);
  }

  #fail(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (!this.destroyed && error instanceof RegistryError) this.#failure = error;
    this.destroy(failure);
  }

  async #download(): Promise<void> {
    const { digest, size } = this.#place;
    for (let cuts = 0; ; ) {
      const from = this.#at;
      let reply: Reply | undefined;
      let failure: RegistryError;
      try {
        reply = await this.#ask();
        this.#skip = reply.status === 206 ? 0 : await startOfWhole(reply, from, size);
        await this.#take(reply);
        if (this.#at === size) return this.#verifier.finish(reply.request);
        // It ended early and in good order, as a cut does behind some proxies.
        failure = new RegistryError('digestMismatch', reply.request, {
          reason: `${this.#at} bytes came where ${digest} has ${size}.`,
        });
      } catch (error) {
        const place = reply ? 'reply' : cuts > 0 ? 'again' : 'first';
        if (!(error instanceof RegistryError) || !isCut(error, place)) throw error;
        failure = error;
        // Only the end of the reply was lost, and all of the blob has come.
        if (reply && this.#at === size) return this.#verifier.finish(reply.request);
      }
      cuts = this.#at - from >= PROGRESS_MIN && !this.#watch?.tooSlow ? 1 : cuts + 1;
      if (cuts > RESUMES_MAX) throw failure;
      await pause(backoff(cuts + 1, this.#client.retry), this.#signal);
    }
  }

  async #ask(): Promise<Reply> {
    if (this.#at === 0 || !this.#givesParts) return await this.#request();
    try {
      // Closed, since the size is known: some registries refuse an open one.
      const reply = await this.#request(`bytes=${this.#at}-${this.#place.size - 1}`);
      if (reply.status === 200 || startOfPart(reply) === this.#at) return reply;
      await reply.dump();
    } catch (error) {
      if (!(error instanceof RegistryError) || error.status === undefined || error.status === 429)
        throw error;
    }
    this.#givesParts = false;
    return await this.#request();
  }

  #request(range?: string): Promise<Reply> {
    const { repository, digest } = this.#place;
    return this.#client.request({
      method: 'GET',
      url: blobPath(repository, digest),
      headers: range === undefined ? {} : { range },
      scopes: [pullScope(repository)],
      expect: range === undefined ? [200] : [200, 206],
      follow: true,
      download: true,
      signal: this.#signal,
    });
  }

  /** Passes a reply's body on, at the pace of its reader. */
  async #take(reply: Reply): Promise<void> {
    const body = reply.body();
    this.#body = body;
    const watch = reply.watchRate();
    this.#watch = watch;
    await new Promise<void>((resolve, reject) => {
      body.on('error', (error) => reject(reply.lost(error)));
      body.once('end', resolve);
      body.on('data', (chunk: Buffer) => {
        try {
          watch.came(chunk.byteLength);
          if (this.#accept(chunk, reply.request)) return;
          watch.waits();
          body.pause();
        } catch (error) {
          reject(error);
          body.destroy();
        }
      });
    }).finally(() => watch.stop());
  }

  /** False: more is not wanted for now. */
  #accept(chunk: Buffer, request: string): boolean {
    let fresh = chunk;
    if (this.#skip > 0) {
      fresh = chunk.subarray(this.#skip);
      this.#skip -= chunk.byteLength - fresh.byteLength;
      if (fresh.byteLength === 0) return true;
    }
    this.#verifier.update(fresh, request, this.#at);
    this.#at += fresh.byteLength;
    if (this.#at === this.#place.size) this.#verifier.finish(request);
    return this.push(fresh);
  }
}

/** Within a reply, or when asking again for the rest: then the registry may be starting again, and refuse connections. */
function isCut({ code }: RegistryError, place: 'first' | 'reply' | 'again'): boolean {
  if (place === 'first') return false;
  return (
    code === 'connectionLost' || code === 'timeout' || (place === 'again' && code === 'connectionRefused')
  );
}

/** Where the bytes of a 206 belong, if it says so. */
function startOfPart(reply: Reply): number | undefined {
  const start = /^bytes (\d+)-/.exec(reply.header('content-range') ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}

/** How many bytes of the body are known already. @throws {RegistryError} where the reply cannot be the blob. */
async function startOfWhole(reply: Reply, offset: number, size: number): Promise<number> {
  const length = reply.header('content-length');
  if (length === undefined || Number(length) === size) return offset;
  await reply.dump();
  throw new RegistryError('digestMismatch', reply.request, {
    reason: `The blob should have ${size} bytes and is sent with ${length}.`,
  });
}
