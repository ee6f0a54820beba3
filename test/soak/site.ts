import { mkdir } from 'node:fs/promises';
import { request } from 'undici';
import {
  type Fault,
  type LocalRegistry,
  type LocalRegistryOptions,
  type RegistryLimits,
  startLocalRegistry,
} from '../../src-main/local-registry/index.ts';
import type { TestBlob, TestManifest } from '../support/images.ts';
import { everyManifest } from './cargo.ts';
import type { TokenDesk } from './token-desk.ts';

interface SiteOptions {
  limits: RegistryLimits;
  desk?: TokenDesk | undefined;
  /** Called at the end of each request. */
  onRequest: () => void;
}

/** One registry of a scenario, which may go down and come back at its address. */
export class Site {
  readonly folder: string;
  readonly limits: RegistryLimits;
  readonly url: string;
  /** Where its tokens come from; undefined where everyone may do everything. */
  readonly desk: TokenDesk | undefined;
  readonly #onRequest: () => void;
  #registry: LocalRegistry;
  #restart: Promise<void> | undefined;

  private constructor(registry: LocalRegistry, { limits, desk, onRequest }: SiteOptions) {
    this.#registry = registry;
    this.desk = desk;
    this.folder = registry.storage.folder;
    this.limits = limits;
    this.url = registry.url;
    this.#onRequest = onRequest;
  }

  static async open(folder: string, options: SiteOptions): Promise<Site> {
    await mkdir(folder);
    return new Site(await startLocalRegistry({ folder, ...startOptions(options) }), options);
  }

  /** Puts a manifest there with all below it, past the protocol. */
  async put(repository: string, root: TestManifest, tag = root.digest): Promise<void> {
    const { storage } = this.#registry;
    for (const manifest of everyManifest(root)) {
      for (const blob of manifest.blobs) await this.putBlob(repository, blob);
      const reference = manifest === root ? tag : manifest.digest;
      await storage.putManifest(repository, reference, manifest.mediaType, manifest.bytes);
    }
  }

  /** The content of a blob, sent as any client would where the storage takes sha256 only. */
  async putBlob(repository: string, { digest, bytes }: TestBlob): Promise<void> {
    if (digest.startsWith('sha256:')) {
      await this.#registry.storage.putBlob(repository, bytes);
      return;
    }
    const path = `/v2/${repository}/blobs/uploads/?digest=${digest}`;
    await this.ask('POST', path, bytes);
  }

  async ask(method: 'POST' | 'DELETE', path: string, body?: Uint8Array): Promise<void> {
    const headers = this.desk ? { authorization: `Bearer ${this.desk.master}` } : {};
    const reply = await request(new URL(path, this.url), {
      method,
      headers,
      body: body ?? null,
      reset: true,
    });
    await reply.body.dump();
    if (reply.statusCode >= 300) throw new Error(`${method} ${path}: ${reply.statusCode}`);
  }

  inject(fault: Fault): void {
    this.#registry.inject(fault);
  }

  /** Ends all faults, a restart too. */
  async calm(): Promise<void> {
    await this.#restart;
    this.#registry.clearFaults();
  }

  /** Goes down at once, cutting every connection, and comes back with what was on its disk. Its faults are over. */
  restart(): void {
    this.#restart ??= this.#goDownAndUp().finally(() => {
      this.#restart = undefined;
    });
    // `calm` throws what went wrong with it.
    this.#restart.catch(() => {});
  }

  async close(): Promise<void> {
    await this.#restart?.catch(() => {});
    await this.#registry.close();
    await this.desk?.close();
  }

  async #goDownAndUp(): Promise<void> {
    const { folder, port } = { folder: this.folder, port: this.#registry.port };
    await this.#registry.close();
    const options = { limits: this.limits, desk: this.desk, onRequest: this.#onRequest };
    this.#registry = await startLocalRegistry({ folder, port, ...startOptions(options) });
  }
}

function startOptions({ limits, desk, onRequest }: SiteOptions): Omit<LocalRegistryOptions, 'folder'> {
  return { limits, onRequest, ...(desk && { auth: desk.auth }) };
}
