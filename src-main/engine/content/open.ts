import type { EngineImage } from './container-engine.ts';
import type { ContentOptions } from './formats.ts';
import type { OciFolderTarget } from './oci-folder.ts';
import type { ContentPlace } from './place.ts';
import type { OpenedSource } from './source.ts';
import type { ContentTarget } from './target.ts';

/** Loaded when a place outside registries is first asked for: most commands and windows know registries only. */
const formats = () => import('./formats.ts');

/** @throws {RegistryError} `notContent`, `contentDamaged`, `fileFailed`, `engineUnreachable`, `engineFailed` */
export async function openSource(place: ContentPlace, options: ContentOptions): Promise<OpenedSource> {
  return await (await formats()).openSource(place, options);
}

/** What is not there yet is made when it is written. @throws {RegistryError} `engineUnreachable` */
export async function openTarget(place: ContentPlace, options: ContentOptions): Promise<ContentTarget> {
  return await (await formats()).openTarget(place, options);
}

/** An OCI image layout in a folder that this program fills and empties. */
export async function layoutFolder(folder: string): Promise<OciFolderTarget> {
  return new (await formats()).OciFolderTarget(folder);
}

/** What the container engine of this machine has. @throws {RegistryError} `engineUnreachable`, `engineFailed` */
export async function listEngineImages(options: ContentOptions): Promise<EngineImage[]> {
  return await (await formats()).listEngineImages(options);
}

/**
 * What lies at a path.
 *
 * @throws {RegistryError} `notContent` where it is none of the forms that are read
 */
export async function recognise(path: string, options: ContentOptions): Promise<ContentPlace> {
  return await (await formats()).recognise(path, options);
}
