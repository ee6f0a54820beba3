import type { DescribedImage } from '../../common/image.ts';
import type { AccessOverrides, PlaceHandle } from '../../services/index.ts';
import type { Context } from './context.ts';
import { parseManifestReference, readContentReference } from './references.ts';

/** Where what a reference names lies. */
export interface ManifestAt {
  readonly handle: PlaceHandle;
  /** Empty in a layout whose images have tags only. */
  readonly repository: string;
  /** Tag or digest. */
  readonly reference: string;
}

/** Wherever it lies; of a place with one image that image. @throws UsageError; RegistryError */
export async function manifestAt(
  { core, signal, registry }: Context,
  text: string,
  access: AccessOverrides,
): Promise<ManifestAt> {
  const content = readContentReference(text);
  if (content) {
    const { place, repository = '' } = content;
    const reference = content.reference ?? (await core.content.onlyDigest(place, { signal }));
    return { handle: core.content.handle(place), repository, reference };
  }
  const { host, repository, reference } = parseManifestReference(text);
  return { handle: await registry(host, access, repository), repository, reference };
}

/** @throws RegistryError */
export function describe(
  { core, signal }: Context,
  { handle, repository, reference }: ManifestAt,
): Promise<DescribedImage> {
  return 'client' in handle
    ? core.images.describe(handle, repository, reference, { signal })
    : core.content.describe(handle.place.content, repository, reference, { signal });
}
