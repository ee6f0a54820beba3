import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestHead } from '../model/manifest.ts';
import { ArchiveFile } from './archive-file.ts';
import { compressionOf, decompressed } from './compression.ts';
import { ContainerEngine, type EngineImage } from './container-engine.ts';
import { DockerArchive } from './docker-archive.ts';
import { DOCKER_MANIFEST_FILE } from './docker-manifest.ts';
import { DOCKER_ARCHIVE_LAST, DockerTarget } from './docker-target.ts';
import { type Environment, findEngine } from './engine-address.ts';
import { EngineSource } from './engine-source.ts';
import { EngineTarget } from './engine-target.ts';
import { notContent, onFiles } from './file-errors.ts';
import { type ContentFiles, readRange } from './files.ts';
import { readDockerName } from './image-name.ts';
import { LAYOUT_FILE } from './layout-index.ts';
import { OCI_ARCHIVE_LAST, OciArchiveTarget } from './oci-archive.ts';
import { OciFolderTarget, openOciFolder } from './oci-folder.ts';
import { OciLayout } from './oci-layout.ts';
import type { ContentPlace } from './place.ts';
import type { OpenedSource } from './source.ts';
import { TarFiles } from './tar-files.ts';
import type { ContentTarget } from './target.ts';

/** Bytes of a file that say how it is compressed. */
const HEAD = 4;

export interface ContentOptions {
  /** A folder that only this user may read, for archives on their way. They are removed when the place is closed. */
  temporary: string;
  /** Says where the container engine is. */
  environment: Environment;
  signal?: AbortSignal | undefined;
}

export { OciFolderTarget };

// What these promise is said in open.ts, which loads this when it is first needed.

export async function openSource(place: ContentPlace, options: ContentOptions): Promise<OpenedSource> {
  const { temporary, environment, signal } = options;
  if (place.kind === 'ociLayout') return await openOciFolder(place.path, signal);
  if (place.kind === 'engine')
    return await EngineSource.open(new ContainerEngine(await findEngine(environment)), temporary, signal);
  const files = await openArchive(place.path, options);
  try {
    return await (place.kind === 'ociArchive' ? OciLayout : DockerArchive).open(files, signal);
  } catch (error) {
    await files.close();
    throw error;
  }
}

export async function openTarget(place: ContentPlace, options: ContentOptions): Promise<ContentTarget> {
  if (place.kind === 'ociLayout') return new OciFolderTarget(place.path);
  if (place.kind === 'ociArchive') return new OciArchiveTarget(new ArchiveFile(place.path, OCI_ARCHIVE_LAST));
  if (place.kind === 'engine')
    return new EngineTarget(new ContainerEngine(await findEngine(options.environment)), options.temporary);
  const there = (name: string, signal?: AbortSignal): Promise<ManifestHead | undefined> =>
    imageIn(place.path, name, { ...options, signal });
  return new DockerTarget(new ArchiveFile(place.path, DOCKER_ARCHIVE_LAST), there);
}

export async function listEngineImages({ environment, signal }: ContentOptions): Promise<EngineImage[]> {
  const engine = new ContainerEngine(await findEngine(environment));
  try {
    return await engine.images(signal);
  } finally {
    await engine.close();
  }
}

export async function recognise(path: string, options: ContentOptions): Promise<ContentPlace> {
  const there = await onFiles(() => stat(path));
  if (there.isDirectory()) {
    const layout = await openOciFolder(path, options.signal);
    await layout.close();
    return { kind: 'ociLayout', path };
  }
  const files = await openArchive(path, options);
  try {
    if ((await files.size(DOCKER_MANIFEST_FILE)) !== undefined) return { kind: 'dockerArchive', path };
    if ((await files.size(LAYOUT_FILE)) !== undefined) return { kind: 'ociArchive', path };
  } finally {
    await files.close();
  }
  throw notContent(path, 'it is no archive of images.');
}

/** A tar archive, read in place; one that is compressed as a whole is unpacked first. */
async function openArchive(path: string, { temporary, signal }: ContentOptions): Promise<ContentFiles> {
  const handle = await onFiles(() => open(path, 'r'));
  try {
    const { size } = await onFiles(() => handle.stat());
    const head = Buffer.alloc(Math.min(HEAD, size));
    await onFiles(() => handle.read(head, 0, head.byteLength, 0));
    if (compressionOf(head) === 'none') return await TarFiles.open(path, path, signal);
    const chunks = decompressed(readRange(handle, { start: 0, end: size, where: path, signal }), path);
    return await unpacked(join(temporary, `${randomUUID()}.tar`), path, chunks, signal);
  } finally {
    await handle.close();
  }
}

async function unpacked(
  temporary: string,
  where: string,
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): Promise<ContentFiles> {
  const removed = (): Promise<void> => onFiles(() => rm(temporary, { force: true }));
  try {
    const handle: FileHandle = await onFiles(() => open(temporary, 'wx', 0o600));
    try {
      for await (const chunk of chunks) await onFiles(() => handle.writeFile(chunk));
    } finally {
      await handle.close();
    }
    return await TarFiles.open(temporary, where, signal, removed);
  } catch (error) {
    await removed();
    throw error;
  }
}

/** What a name names in an archive of docker save: an image goes by its ID. */
async function imageIn(
  path: string,
  name: string,
  options: ContentOptions,
): Promise<ManifestHead | undefined> {
  const archive = new ArchiveFile(path, []);
  const files = await archive.before(options.signal);
  if (!files) return undefined;
  try {
    const source = await DockerArchive.open(files, options.signal);
    return source.imageOf(readDockerName(name));
  } finally {
    await files.close();
  }
}
