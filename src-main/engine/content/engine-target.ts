import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RegistryError } from '../errors.ts';
import type { ManifestHead } from '../model/manifest.ts';
import { OCI_CONFIG } from '../model/media-types.ts';
import { ArchiveFile } from './archive-file.ts';
import type { ContainerEngine } from './container-engine.ts';
import { DOCKER_ARCHIVE_LAST, DockerTarget } from './docker-target.ts';
import { onFiles } from './file-errors.ts';

/** A container engine as the place that images are written into: it takes them as one archive. */
export class EngineTarget extends DockerTarget {
  readonly #engine: ContainerEngine;
  readonly #path: string;

  /** @param temporary a folder that only this user may read */
  constructor(engine: ContainerEngine, temporary: string) {
    const path = join(temporary, `${randomUUID()}.tar`);
    const there = async (name: string, signal?: AbortSignal): Promise<ManifestHead | undefined> => {
      const found = await engine.find(name, signal);
      return found && { digest: found.id, mediaType: OCI_CONFIG, size: found.size };
    };
    super(new ArchiveFile(path, DOCKER_ARCHIVE_LAST), there);
    this.#engine = engine;
    this.#path = path;
  }

  override async commit(signal?: AbortSignal): Promise<void> {
    const { written } = this;
    await super.commit();
    await this.#engine.load(this.#path, signal);
    for (const name of written)
      if (!(await this.#engine.find(name, signal)))
        throw new RegistryError('engineFailed', '', { reason: `It took ${name} and does not have it.` });
  }

  override async close(): Promise<void> {
    await super.close();
    await onFiles(() => rm(this.#path, { force: true }));
    await this.#engine.close();
  }
}
