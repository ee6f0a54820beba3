import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { RegistryError } from '../errors.ts';
import { elementsOf, JsonTooLarge, parseJson } from '../model/json.ts';
import { masked } from '../secrets.ts';
import type { RawReply } from './connection.ts';
import { DecodedTooLarge, decoded } from './encoding.ts';
import {
  ERROR_BODY_MAX,
  type ErrorWords,
  errorsWithin,
  readErrorBody,
  replyFailure,
  transportFailure,
} from './failure.ts';
import { RateWatch } from './rate-watch.ts';
import type { Timeouts } from './timeouts.ts';

/** Milliseconds for the words of a failure: what has come by then says enough. */
const WORDS_WAIT = 10_000;
/** Milliseconds for the rest of an unread body: a new connection costs less than a longer wait. */
const DUMP_WAIT = 2_000;

/**
 * A reply whose body is still to come. One of `bytes`, `json`, `stream`, `failure` or `dump` must be called: a body left
 * alone keeps its socket.
 */
export class Reply {
  readonly #raw: RawReply;
  readonly #signal: AbortSignal | undefined;
  readonly #timeouts: Pick<Timeouts, 'whole' | 'window'>;
  #whole: Buffer | undefined;

  constructor(
    raw: RawReply,
    /** Method and URL, safe to show. */
    readonly request: string,
    /** Where it came from, after redirects. */
    readonly url: URL,
    context: {
      signal?: AbortSignal | undefined;
      timeouts: Pick<Timeouts, 'whole' | 'window'>;
    },
  ) {
    this.#raw = raw;
    this.#signal = context.signal;
    this.#timeouts = context.timeouts;
  }

  get status(): number {
    return this.#raw.status;
  }

  /** A header's value, the first one where it was sent several times. */
  header = (name: string): string | undefined => {
    const value = this.#raw.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };

  headerValues(name: string): readonly string[] {
    const value = this.#raw.headers[name];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  }

  /** Bytes of the content by its `Content-Length`; undefined if the content was encoded in transit. */
  get contentLength(): number | undefined {
    const length = Number(this.header('content-length') ?? Number.NaN);
    return this.header('content-encoding') === undefined && Number.isSafeInteger(length) ? length : undefined;
  }

  /** What it says it is; undefined also where it says what we signed in with, since it is kept and shown. */
  get contentType(): string | undefined {
    const type = this.header('content-type');
    return type !== undefined && masked(type) === type ? type : undefined;
  }

  /** Calls back once the body was read to its end (`whole`), dropped or cut, and its socket is free or gone. */
  whenClosed(callback: (whole: boolean) => void): void {
    const { body } = this.#raw;
    if (body.closed) callback(body.errored === null);
    else body.once('close', () => callback(body.errored === null));
  }

  /** The body itself, for callers that control its flow. Its errors are those of undici: see {@link lost}. */
  body(): Readable {
    return this.#raw.body;
  }

  /** An error of the body as one of ours. */
  lost(error: unknown): RegistryError {
    return transportFailure(error, this.request, { proxied: false, signal: this.#signal });
  }

  /** The body's chunks. @throws {RegistryError} of the transport */
  async *stream(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#raw.body) yield chunk as Buffer;
    } catch (error) {
      throw this.lost(error);
    }
  }

  /** Of a blob: ends the body with `timeout` where it comes too slowly, until the watch is stopped. */
  watchRate(): RateWatch {
    return new RateWatch(this.#timeouts.window, () => {
      const reason = 'The blob comes too slowly to ever be here.';
      this.#raw.body.destroy(new RegistryError('timeout', this.request, { reason, status: this.status }));
    });
  }

  /** Ends the body with an error after so long: a byte now and then would keep it open for ever. */
  #endWithin(milliseconds: number): () => void {
    const timer = setTimeout(() => {
      const reason = `The reply did not end within ${Math.ceil(milliseconds / 1000)} s.`;
      this.#raw.body.destroy(new RegistryError('timeout', this.request, { reason, status: this.status }));
    }, milliseconds);
    return () => clearTimeout(timer);
  }

  /** Reads the body for a later `bytes` or `json`. @throws {RegistryError} */
  async readWhole(max: number): Promise<void> {
    this.#whole = await this.bytes(max);
  }

  /**
   * The whole body, decoded where it was compressed on its way.
   *
   * @throws {RegistryError} `tooLarge` beyond `max` bytes, declared, sent or decoded (CVE-2020-1702); `timeout` where it does not
   * end in time, however it comes.
   */
  async bytes(max: number): Promise<Buffer> {
    if (this.#whole) return this.#whole;
    const tooLarge = (): RegistryError =>
      new RegistryError('tooLarge', this.request, {
        reason: `The reply is larger than ${max} bytes.`,
        status: this.status,
      });
    if (Number(this.header('content-length') ?? 0) > max) {
      await this.dump();
      throw tooLarge();
    }
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = this.#endWithin(this.#timeouts.whole);
    try {
      for await (const chunk of this.stream()) {
        length += chunk.byteLength;
        if (length > max) throw tooLarge();
        chunks.push(chunk);
      }
    } finally {
      stop();
    }
    try {
      return await decoded(Buffer.concat(chunks, length), this.header('content-encoding'), { max });
    } catch (error) {
      throw error instanceof DecodedTooLarge ? tooLarge() : error;
    }
  }

  /**
   * The body as JSON of a shape.
   *
   * @throws {RegistryError} `invalidResponse`, `tooLarge`; what the body says where it is one of errors, whatever the status
   */
  async json<T>(schema: z.ZodType<T>, max: number): Promise<T> {
    const bytes = await this.bytes(max);
    const value = await this.#parsing(() => parseJson(bytes));
    this.refuseErrors(value);
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    throw this.#invalid(`The reply is not what it should be: ${issue?.path.join('.')} ${issue?.message}`);
  }

  /**
   * The elements of the list that the body holds under a key, piece by piece; none where it is null or absent. Other work gets
   * its turn in between, however long the list is.
   *
   * @throws {RegistryError} as {@link json}
   */
  async *elements(key: string, max: number): AsyncGenerator<readonly unknown[], void> {
    const pieces = elementsOf(await this.bytes(max), key);
    for (;;) {
      const piece = await this.#parsing(() => pieces.next());
      if (!piece.done) {
        yield piece.value;
        continue;
      }
      const document = piece.value;
      if (document === undefined) return;
      this.refuseErrors(document);
      if (!isObject(document)) throw this.#invalid('The reply is not what it should be: it is no object.');
      const list = document[key];
      if (list === null || list === undefined || Array.isArray(list)) return;
      throw this.#invalid(`The reply is not what it should be: ${key} is no list.`);
    }
  }

  /** Some servers and proxies send what went wrong with a good status. @throws {RegistryError} */
  refuseErrors(document: unknown): void {
    const words = errorsWithin(document);
    if (words) throw replyFailure(this.request, this.status, this.header, words);
  }

  async #parsing<T>(parse: () => T | Promise<T>): Promise<T> {
    try {
      return await parse();
    } catch (error) {
      if (error instanceof JsonTooLarge)
        throw new RegistryError('tooLarge', this.request, {
          reason: `The reply is too much to read. ${error.message}`,
          status: this.status,
        });
      if (error instanceof RegistryError) throw error;
      throw this.#invalid('The reply is not JSON.', error);
    }
  }

  #invalid(reason: string, cause?: unknown): RegistryError {
    return new RegistryError('invalidResponse', this.request, { reason, status: this.status, cause });
  }

  /** What an unexpected reply says, as an error; at most 64 KiB of its body are read. */
  async failure(): Promise<RegistryError> {
    return replyFailure(this.request, this.status, this.header, await this.words());
  }

  /** What the body says, as far as 64 KiB go. */
  async words(): Promise<ErrorWords> {
    const text = (await this.beginning(ERROR_BODY_MAX)).toString('utf8');
    return readErrorBody(text, this.contentType ?? '');
  }

  /** The first bytes of the body; the rest is dropped, with the connection where it is long. */
  async beginning(max: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let left = max;
    const stop = this.#endWithin(Math.min(this.#timeouts.whole, WORDS_WAIT));
    try {
      for await (const chunk of this.#raw.body) {
        const part = (chunk as Buffer).subarray(0, left);
        chunks.push(part);
        left -= part.byteLength;
        if (left <= 0) break;
      }
    } catch (error) {
      if (this.#signal?.aborted)
        throw transportFailure(error, this.request, { proxied: false, signal: this.#signal });
      // An error body cut off says what it said so far.
    } finally {
      stop();
    }
    const bytes = Buffer.concat(chunks);
    const options = { max: ERROR_BODY_MAX, partial: true };
    return await decoded(bytes, this.header('content-encoding'), options).catch(() => bytes);
  }

  /** Drops the body, freeing the socket. Never fails. */
  async dump(): Promise<void> {
    const stop = this.#endWithin(Math.min(this.#timeouts.whole, DUMP_WAIT));
    try {
      await this.#raw.body.dump({ limit: ERROR_BODY_MAX });
    } catch {
      // The connection is gone, and the body with it.
    } finally {
      stop();
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
