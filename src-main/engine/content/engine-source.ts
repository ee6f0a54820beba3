import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import { isDigest } from '../model/digest.ts';
import type { Descriptor, ManifestHead, RawManifest } from '../model/manifest.ts';
import type { ContainerEngine, EngineImage } from './container-engine.ts';
import { DockerArchive } from './docker-archive.ts';
import { onFiles } from './file-errors.ts';
import { layoutName, readDockerName } from './image-name.ts';
import { onlyOf } from './layout-index.ts';
import type { BlobPart, ImageName, OpenedSource } from './source.ts';
import { TarFiles } from './tar-files.ts';

interface Exported {
  archive: DockerArchive;
  path: string;
}

/**
 * The images of a container engine. One is exported when it is asked for, since the engine says neither its manifest nor the sizes of
 * its layers, and kept until the source is closed.
 */
export class EngineSource implements OpenedSource {
  readonly #engine: ContainerEngine;
  readonly #images: readonly EngineImage[];
  /** Folder for what is exported; no one else may read it. */
  readonly #temporary: string;
  /** By name or ID. */
  readonly #exported = new Map<string, Promise<Exported>>();

  private constructor(engine: ContainerEngine, images: readonly EngineImage[], temporary: string) {
    this.#engine = engine;
    this.#images = images;
    this.#temporary = temporary;
  }

  /** @throws {RegistryError} `engineUnreachable`, `engineFailed` */
  static async open(engine: ContainerEngine, temporary: string, signal?: AbortSignal): Promise<EngineSource> {
    return new EngineSource(engine, await engine.images(signal), temporary);
  }

  get names(): readonly ImageName[] {
    return this.#images.flatMap(({ names }) => names.map(readDockerName));
  }

  onlyDigest(): string {
    return onlyOf(
      this.#images.map(({ id, size }) => ({ mediaType: '', digest: id, size })),
      'The container engine',
    );
  }

  async head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead> {
    const { digest, mediaType, bytes } = await this.get(repository, reference, signal);
    return { digest, mediaType, size: bytes.byteLength };
  }

  async get(repository: string, reference: string, signal?: AbortSignal): Promise<RawManifest> {
    for (const { archive } of await this.#all()) {
      if (isDigest(reference) && archive.onlyDigest() === reference) return await archive.get('', reference);
    }
    const { archive } = await this.#export(this.#nameOf(repository, reference), signal);
    return await archive.get('', archive.onlyDigest());
  }

  async blob(repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    return await (await this.#holding(descriptor.digest)).blob(repository, descriptor, signal);
  }

  async has(_repository: string, digest: string): Promise<boolean> {
    for (const { archive } of await this.#all()) if (await archive.has('', digest)) return true;
    return false;
  }

  openBlob(repository: string, descriptor: Pick<Descriptor, 'digest' | 'size'>): OpenBlob {
    let open: OpenBlob | undefined;
    const holding = (): Promise<DockerArchive> => this.#holding(descriptor.digest);
    return async function* (offset, signal) {
      open ??= (await holding()).openBlob(repository, descriptor);
      yield* open(offset, signal);
    };
  }

  async blobPart(repository: string, digest: string, part: BlobPart): Promise<Uint8Array | undefined> {
    return await (await this.#holding(digest)).blobPart(repository, digest, part);
  }

  async *tags(repository: string): AsyncGenerator<readonly string[], void, void> {
    const full = readDockerName(repository).repository;
    yield this.names.filter((name) => name.repository === full).map(({ tag }) => tag);
  }

  async referrers(): Promise<readonly Descriptor[]> {
    return [];
  }

  async close(): Promise<void> {
    const all = await this.#all();
    this.#exported.clear();
    for (const { archive, path } of all) {
      await archive.close();
      await onFiles(() => rm(path, { force: true }));
    }
    await this.#engine.close();
  }

  /** The name by which the engine knows it: of one that it lists, its own; else what was asked for, which it may complete. */
  #nameOf(repository: string, reference: string): string {
    if (isDigest(reference)) return reference;
    const name = layoutName({ repository, tag: reference });
    const full = layoutName(readDockerName(name));
    const listed = this.#images.flatMap(({ names }) => names);
    return (
      listed.find((each) => each === name) ??
      listed.find((each) => layoutName(readDockerName(each)) === full) ??
      name
    );
  }

  #export(name: string, signal: AbortSignal | undefined): Promise<Exported> {
    let exported = this.#exported.get(name);
    if (!exported) {
      exported = this.#exportOnce(name, signal);
      this.#exported.set(name, exported);
      exported.catch(() => this.#exported.delete(name));
    }
    return exported;
  }

  async #exportOnce(name: string, signal: AbortSignal | undefined): Promise<Exported> {
    const path = join(this.#temporary, `${randomUUID()}.tar`);
    try {
      await this.#engine.save(name, path, signal);
      const files = await TarFiles.open(path, name, signal);
      return {
        archive: await DockerArchive.open(files, signal).catch((error) => closing(files, error)),
        path,
      };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async #all(): Promise<readonly Exported[]> {
    const settled = await Promise.allSettled(this.#exported.values());
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }

  async #holding(digest: string): Promise<DockerArchive> {
    for (const { archive } of await this.#all()) if (await archive.has('', digest)) return archive;
    throw new RegistryError('notFound', '', { reason: `No image that was exported has ${digest}.` });
  }
}

async function closing(files: TarFiles, error: unknown): Promise<never> {
  await files.close();
  throw error;
}
