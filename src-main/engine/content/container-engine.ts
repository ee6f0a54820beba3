import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { EngineAddress } from './engine-address.ts';
import { goOn, onFiles } from './file-errors.ts';

/** Milliseconds: an engine packs an image before it answers, and unpacks it. */
const WORK_TIMEOUT = 10 * 60_000;
/** Bytes of a reply that is read whole: some thousands of images. */
const REPLY_MAX = 16 * 1024 * 1024;

const images = z.array(
  z.object({
    // biome-ignore-start lint/style/useNamingConvention: the API's names
    Id: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Size: z.number().nonnegative(),
    Created: z.number(),
    // biome-ignore-end lint/style/useNamingConvention: the API's names
  }),
);
const inspected = z.object({ Id: z.string(), Size: z.number().nonnegative().optional() });
const failure = z.object({ message: z.string() });
/** A line of what is said while an image is loaded. */
const loading = z.object({
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string() }).optional(),
});

export interface EngineImage {
  /** Digest of its config. */
  id: string;
  names: string[];
  /** Bytes unpacked. */
  size: number;
  /** RFC 3339. */
  created: string;
}

/**
 * A container engine, by Docker's API.
 *
 * @throws {RegistryError} `engineUnreachable`, `engineFailed` in the engine's words, `notFound`, `cancelled`
 * @see docs.docker.com, "Docker Engine API"
 */
export class ContainerEngine {
  readonly #origin: string;
  readonly #open: () => Agent;
  #agent: Agent | undefined;

  constructor({ origin, socket, tls }: EngineAddress) {
    this.#origin = origin;
    const connect = { ...(socket === undefined ? {} : { socketPath: socket }), ...tls };
    this.#open = () => new Agent({ connect, headersTimeout: WORK_TIMEOUT, bodyTimeout: WORK_TIMEOUT });
  }

  async images(signal?: AbortSignal): Promise<EngineImage[]> {
    const list = images.safeParse(await this.#json('/images/json', signal));
    if (!list.success) throw failed('Its list of images cannot be read.');
    return list.data.map(({ Id, RepoTags, Size, Created }) => ({
      id: withAlgorithm(Id),
      names: (RepoTags ?? []).filter((name) => name !== '<none>:<none>'),
      size: Size,
      created: new Date(Created * 1000).toISOString(),
    }));
  }

  /** An image's ID by its name; undefined where it has none of that name. */
  async find(name: string, signal?: AbortSignal): Promise<{ id: string; size: number } | undefined> {
    try {
      const found = inspected.safeParse(await this.#json(`/images/${encodePath(name)}/json`, signal));
      if (!found.success) throw failed('What it says of the image cannot be read.');
      return { id: withAlgorithm(found.data.Id), size: found.data.Size ?? 0 };
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'notFound') return undefined;
      throw error;
    }
  }

  /** Writes an image into a file, as an archive of docker save. */
  async save(name: string, path: string, signal?: AbortSignal): Promise<void> {
    const body = await this.#ask({ method: 'GET', path: `/images/${encodePath(name)}/get`, signal });
    const handle = await onFiles(() => open(path, 'wx', 0o600));
    try {
      for await (const chunk of this.#chunks(body, signal)) await onFiles(() => handle.writeFile(chunk));
    } finally {
      await handle.close();
    }
  }

  /** Takes in the images of an archive. */
  async load(path: string, signal?: AbortSignal): Promise<void> {
    const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
    const body = await this.#ask({
      method: 'POST',
      path: '/images/load?quiet=1',
      body: stream,
      headers: { 'content-type': 'application/x-tar' },
      signal,
    }).finally(() => stream.destroy());
    const words = (await this.#bytes(body, signal)).toString();
    for (const line of words.split('\n')) {
      const said = loading.safeParse(parsed(line));
      const error = said.data?.errorDetail?.message ?? said.data?.error;
      if (error !== undefined) throw failed(error);
    }
  }

  /** Ends its connections; others are made where it is asked again. */
  async close(): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    await agent?.destroy();
  }

  async #json(path: string, signal: AbortSignal | undefined): Promise<unknown> {
    const body = await this.#ask({ method: 'GET', path, signal });
    return parsed((await this.#bytes(body, signal)).toString());
  }

  async #ask({
    path,
    signal,
    ...options
  }: {
    method: 'GET' | 'POST';
    path: string;
    body?: Readable;
    headers?: Record<string, string>;
    signal: AbortSignal | undefined;
  }): Promise<Readable> {
    this.#agent ??= this.#open();
    let reply: Dispatcher.ResponseData;
    try {
      reply = await this.#agent.request({
        ...options,
        origin: this.#origin,
        path,
        signal: signal ?? null,
      });
    } catch (error) {
      goOn(signal);
      throw unreachable(error);
    }
    if (reply.statusCode === 200) return reply.body;
    const words = failure.safeParse(parsed((await this.#bytes(reply.body, signal)).toString()));
    const reason = words.data?.message ?? `The container engine answered ${reply.statusCode}.`;
    if (reply.statusCode === 404) throw new RegistryError('notFound', '', { reason });
    throw failed(reason);
  }

  async #bytes(body: Readable, signal: AbortSignal | undefined): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.#chunks(body, signal)) {
      size += chunk.byteLength;
      if (size > REPLY_MAX) throw failed('It answers more than is read.');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  async *#chunks(body: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, void> {
    try {
      for await (const chunk of body) yield chunk;
    } catch (error) {
      goOn(signal);
      throw error instanceof RegistryError ? error : unreachable(error);
    }
  }
}

/** Slashes of a name are part of the API's path. */
function encodePath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

/** Podman leaves the algorithm out. */
function withAlgorithm(id: string): string {
  return id.includes(':') ? id : `sha256:${id}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(reason: string): RegistryError {
  return new RegistryError('engineFailed', '', { reason });
}

function unreachable(error: unknown): RegistryError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RegistryError('engineUnreachable', '', { reason, cause: error });
}
