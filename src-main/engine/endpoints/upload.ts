import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { isRetriedStatus } from '../http/retry.ts';
import type { Descriptor } from '../model/manifest.ts';
import { headBlob } from './blobs.ts';
import { lookAt } from './look.ts';
import type { CallOptions } from './options.ts';
import { isRedirected, sendContent } from './upload-content.ts';
import { forgetPatches, learnChunk, learnPatches, mannersAt } from './upload-manners.ts';
import { abandonUpload, askSession, beginUpload, mountBlob, type UploadSession } from './upload-session.ts';
import type { OpenBlob } from './upload-source.ts';

export interface UploadOptions extends CallOptions {
  /** Repository of the same registry to mount from; content is sent where that does not work. */
  mountFrom?: string;
  /** It has not been checked whether the repository has it already. */
  mayBeThere?: boolean;
  /** Bytes handed to the connection since the last call; negative where bytes are to be sent again. */
  onBytes?: (bytes: number) => void;
  /** Upload location of an earlier run, on the registry's own origin: the upload goes on where the registry says. */
  session?: string;
  /**
   * Receives each new upload location on the registry's own origin, and undefined when it has ended. Locations elsewhere are
   * never passed on: signed URLs are secrets. With a listener sessions are kept: one that can be continued is left open when the
   * upload is cancelled or fails.
   */
  onSession?: (location: string | undefined) => void;
  /** Bytes that the registry had from an earlier run; negative where it turned out that they are of no use. */
  onResumed?: (bytes: number) => void;
}

/** Statuses of a session that will never be of use. */
const SESSION_REFUSED = new Set([400, 404, 405, 409, 410, 415, 501]);
/** Answers to a closing PUT with bytes by which registries mean that they want them before. */
const PATCH_WANTED = new Set([400, 405, 411, 415, 416, 422, 501]);

export type Content = Pick<Descriptor, 'digest' | 'size'>;

/** A later run may find the source as it should be. What it answers to this very request it would answer again. */
function mayPass({ code, status }: RegistryError): boolean {
  if (status === undefined) return code !== 'digestMismatch' && code !== 'invalidResponse';
  return status === 401 || status === 403 || isRetriedStatus(status);
}

/** One blob on its way, over all attempts. */
export class Upload {
  readonly #client: RegistryClient;
  readonly #repository: string;
  readonly #content: Content;
  readonly #options: UploadOptions;
  #session: UploadSession | undefined;
  /** Handed to the connection since the session's offset. */
  #handed = 0;
  /** Of the registry's bytes: from an earlier run, and counted in this one. */
  #resumed = 0;
  #counted = 0;
  /** Why the last sending ended, until it is known what became of it. */
  #failure: RegistryError | undefined;
  /** The offset at which it was last redirected: once for each chunk is no going in circles. */
  #redirectedAt = -1;
  #announced: string | undefined;
  /** The last refusal taught another way of sending. */
  #retaught = false;
  /** Why pieces are smaller than before. */
  #tooLarge: RegistryError | undefined;
  /** The bytes go before the closing PUT, as an attempt. */
  #patchTried = false;

  constructor(client: RegistryClient, repository: string, content: Content, options: UploadOptions) {
    this.#client = client;
    this.#repository = repository;
    this.#content = content;
    this.#options = options;
    this.#announced = options.session;
  }

  get hasLearned(): boolean {
    return this.#retaught;
  }

  /** Takes up the session of an earlier run, where there is something to go on with. */
  async resume(): Promise<void> {
    const { session, onResumed, signal } = this.#options;
    if (session === undefined || !URL.canParse(session)) return;
    const found = await askSession(this.#client, this.#repository, new URL(session), { signal });
    if (!found || found.offset > this.#content.size) return;
    this.#moveTo(found);
    this.#resumed = found.offset;
    onResumed?.(found.offset);
  }

  /** True: mounted. Bytes that are there already are worth more than a try. */
  async mount(from: string): Promise<boolean> {
    if (this.#session) return false;
    const { signal } = this.#options;
    const found = await mountBlob(this.#client, this.#repository, this.#content.digest, from, { signal });
    if (found === 'mounted') this.#announce(undefined);
    else if (found) this.#moveTo(found);
    return found === 'mounted';
  }

  /** Not asked where an earlier run has left a part of it. */
  async isThere(): Promise<boolean> {
    if (this.#resumed > 0) return false;
    const { signal } = this.#options;
    if (!(await this.#isStored(signal))) return false;
    await this.#abandon();
    return true;
  }

  /** After a failed sending: what the registry has of it. `gained`: more than before. */
  async recover(): Promise<'committed' | 'gained' | undefined> {
    const [failure, session, { signal }] = [this.#failure, this.#session, this.#options];
    this.#retaught = false;
    if (!failure || !session) return undefined;
    if (failure.status === 429 || failure.status === 413 || isRedirected(failure)) {
      // It was not acted upon.
      this.#count(-this.#handed);
      this.#moveTo(session);
      if (failure.status === 429 || session.offset <= this.#redirectedAt) return undefined;
      this.#redirectedAt = session.offset;
      return 'gained';
    }
    // The reply may have been lost and not the blob.
    if (await this.#isStored(signal)) {
      this.#announce(undefined);
      return 'committed';
    }
    const over = failure.code === 'digestMismatch' || SESSION_REFUSED.has(failure.status ?? 0);
    const found = over
      ? undefined
      : await askSession(this.#client, this.#repository, session.url, { signal });
    const end = session.offset + this.#handed;
    if (found && found.offset >= session.offset && found.offset <= end) {
      this.#count(found.offset - end);
      this.#moveTo(found);
      return found.offset > session.offset ? 'gained' : undefined;
    }
    await this.#abandon();
    this.#uncount();
    return undefined;
  }

  /** Sends what the registry lacks, in a session of its own where there is none. */
  async send(open: OpenBlob): Promise<void> {
    const { signal } = this.#options;
    const session = this.#session ?? (await beginUpload(this.#client, this.#repository, { signal }));
    this.#moveTo(session);
    const { chunk, patches } = mannersAt(this.#client, session.url.origin);
    try {
      await sendContent(this.#client, this.#repository, session, this.#content, open, {
        signal,
        chunk,
        patches,
        onBytes: (bytes) => {
          this.#handed += bytes;
          this.#count(bytes);
        },
        onMoved: (moved) => this.#moveTo(moved),
        onRedirected: (url) => {
          if (this.#session) this.#session = { ...this.#session, url };
        },
      });
      this.#announce(undefined);
    } catch (error) {
      if (error instanceof RegistryError) this.#failure = this.#learn(error, chunk);
      throw this.#failure ?? error;
    }
  }

  /** Draws from a refusal how the next attempt is sent; the failure says it where there is no other way. */
  #learn(error: RegistryError, chunk: number): RegistryError {
    const { status, side } = error;
    const session = this.#session;
    this.#retaught = false;
    if (!session || side === 'source' || status === undefined) return error;
    const { origin } = session.url;
    const { size } = this.#content;
    if (error.code === 'tooLargeToSend') {
      this.#retaught = learnChunk(origin, Math.min(chunk, size - session.offset));
      if (this.#retaught) {
        this.#tooLarge = error;
        return error;
      }
      const pieces = chunk < size ? `, also in pieces of ${chunk} bytes` : '';
      const reason = `The blob of ${size} bytes is larger than the registry or a proxy before it takes${pieces}.`;
      return new RegistryError(error.code, error.request, { status, reason, cause: error });
    }
    if (this.#tooLarge && session.offset === 0 && SESSION_REFUSED.has(status)) {
      const reason = `The blob of ${size} bytes is larger than the registry or a proxy before it takes, and it takes no smaller pieces.`;
      const { code, request } = this.#tooLarge;
      return new RegistryError(code, request, { status: 413, reason, cause: error });
    }
    if (!PATCH_WANTED.has(status) || size === 0) return error;
    if (this.#patchTried) forgetPatches(origin);
    else if (session.offset === 0) this.#retaught = this.#patchTried = learnPatches(origin);
    return error;
  }

  /**
   * A lost connection or a server's bad moment; also a token that ran out under a stream, which could not be sent again. What
   * fails when going on with a session may work from the beginning.
   */
  isWorthRepeating(error: unknown): boolean {
    if (this.#retaught) return true;
    if (!(error instanceof RegistryError) || error.side === 'source') return false;
    const { code, status } = error;
    if (code === 'connectionLost' || code === 'timeout') return true;
    // It was there a moment ago: it may be starting again.
    if (code === 'connectionRefused') return this.#failure !== undefined;
    if (status === 401 || status === 404 || status === 416 || status === 429) return true;
    if ((this.#session?.offset ?? 0) > 0 && (code === 'digestMismatch' || SESSION_REFUSED.has(status ?? 0)))
      return true;
    return status !== undefined && status >= 500 && status !== 501 && code !== 'quotaExceeded';
  }

  /** Ends the session, except where a later run may go on with it. */
  async giveUp(error: unknown): Promise<void> {
    const kept =
      error instanceof RegistryError &&
      (error.code === 'cancelled' ||
        (error.side === 'source' ? mayPass(error) : this.isWorthRepeating(error)));
    if (!kept || this.#announced === undefined || !this.#options.onSession) await this.#abandon();
    this.#uncount();
  }

  async #isStored(signal: AbortSignal | undefined): Promise<boolean> {
    const { found } = await lookAt(
      headBlob(this.#client, this.#repository, this.#content.digest, { signal }),
    );
    return found !== undefined;
  }

  async #abandon(): Promise<void> {
    if (this.#session) await abandonUpload(this.#client, this.#repository, this.#session.url);
    this.#session = undefined;
    this.#announce(undefined);
  }

  #moveTo(session: UploadSession): void {
    this.#session = session;
    this.#handed = 0;
    this.#failure = undefined;
    this.#announce(session.url);
  }

  /** Locations elsewhere may be signed: they are secrets. */
  #announce(url: URL | undefined): void {
    const location = url?.origin === this.#client.url.origin ? url.href : undefined;
    if (location === this.#announced) return;
    this.#announced = location;
    this.#options.onSession?.(location);
  }

  #count(bytes: number): void {
    if (bytes === 0) return;
    this.#counted += bytes;
    this.#options.onBytes?.(bytes);
  }

  #uncount(): void {
    this.#count(-this.#counted);
    if (this.#resumed > 0) this.#options.onResumed?.(-this.#resumed);
    this.#resumed = 0;
  }
}
