import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { RawReply } from './connection.ts';
import { ERROR_BODY_MAX, type ErrorWords, readErrorBody, replyFailure, transportFailure } from './failure.ts';

/**
 * A reply whose body is still to come. One of `bytes`, `json`, `stream`, `failure` or `dump` must be called: a body left
 * alone keeps its socket.
 */
export class Reply {
  readonly #raw: RawReply;
  readonly #secrets: readonly string[];
  readonly #signal: AbortSignal | undefined;
  #whole: Buffer | undefined;

  constructor(
    raw: RawReply,
    /** Method and URL, safe to show. */
    readonly request: string,
    /** Where it came from, after redirects. */
    readonly url: URL,
    context: { secrets: readonly string[]; signal?: AbortSignal | undefined },
  ) {
    this.#raw = raw;
    this.#secrets = context.secrets;
    this.#signal = context.signal;
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

  /** Calls back once the body was read to its end (`whole`), dropped or cut, and its socket is free or gone. */
  whenClosed(callback: (whole: boolean) => void): void {
    const { body } = this.#raw;
    if (body.closed) callback(body.errored === null);
    else body.once('close', () => callback(body.errored === null));
  }

  /** The body itself, for whoever steers its flow. Its errors are those of undici: see {@link lost}. */
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

  /** Reads the body for a later `bytes` or `json`. @throws {RegistryError} */
  async readWhole(max: number): Promise<void> {
    this.#whole = await this.bytes(max);
  }

  /** The whole body. @throws {RegistryError} `tooLarge` beyond `max` bytes, declared or sent (CVE-2020-1702). */
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
    for await (const chunk of this.stream()) {
      length += chunk.byteLength;
      if (length > max) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }

  /** The body as JSON of a shape. @throws {RegistryError} `invalidResponse`, `tooLarge` */
  async json<T>(schema: z.ZodType<T>, max: number): Promise<T> {
    const bytes = await this.bytes(max);
    const invalid = (reason: string, cause?: unknown): RegistryError =>
      new RegistryError('invalidResponse', this.request, { reason, status: this.status, cause });
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch (cause) {
      throw invalid('The reply is not JSON.', cause);
    }
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    throw invalid(
      `The reply is not what it should be: ${issue?.path.join('.')} ${issue?.message}`.slice(0, 300),
    );
  }

  /** What an unexpected reply says, as an error; at most 64 KiB of its body are read. */
  async failure(): Promise<RegistryError> {
    return replyFailure(this.request, this.status, this.header, await this.words());
  }

  /** What the body says, as far as 64 KiB go. */
  async words(): Promise<ErrorWords> {
    const text = (await this.beginning(ERROR_BODY_MAX)).toString('utf8');
    return readErrorBody(text, this.header('content-type') ?? '', this.#secrets);
  }

  /** The first bytes of the body; the rest is dropped, with the connection where it is long. */
  async beginning(max: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let left = max;
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
    }
    return Buffer.concat(chunks);
  }

  /** Drops the body, freeing the socket. Never fails. */
  async dump(): Promise<void> {
    try {
      await this.#raw.body.dump({ limit: ERROR_BODY_MAX });
    } catch {
      // The connection is gone, and the body with it.
    }
  }
}
