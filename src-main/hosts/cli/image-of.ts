import type { DescribedImage } from '../../common/image.ts';
import type { AccessOverrides, ImageAt } from '../../services/index.ts';
import type { Context } from './context.ts';
import { chooseImage } from './platform-image.ts';
import { parseManifestReference, readContentReference } from './references.ts';

/** One image of what a reference names. */
export interface NamedImage {
  readonly at: ImageAt;
  readonly platform?: string;
  /** The index that it was chosen from. */
  readonly index?: string;
}

/** Wherever it lies; of an index the image for a platform, or for this machine. @throws UsageError; RegistryError */
export async function imageOf(
  { core, signal, registry }: Context,
  text: string,
  platform: string | undefined,
  access: AccessOverrides,
): Promise<NamedImage> {
  const content = readContentReference(text);
  if (content) {
    const { place, repository = '' } = content;
    const reference = content.reference ?? (await core.content.onlyDigest(place, { signal }));
    const named = await core.content.describe(place, repository, reference, { signal });
    return chosenOf(core.content.handle(place), repository, named, platform);
  }
  const { host, repository, reference } = parseManifestReference(text);
  const handle = await registry(host, access, repository);
  const named = await core.images.describe(handle, repository, reference, { signal });
  return chosenOf(handle, repository, named, platform);
}

function chosenOf(
  handle: ImageAt['handle'],
  repository: string,
  named: DescribedImage,
  platform: string | undefined,
): NamedImage {
  const { digest, ...chosen } = chooseImage(named, platform);
  const from = digest === named.digest ? {} : { index: named.digest };
  return { at: { handle, repository, reference: digest }, ...chosen, ...from };
}
