import type { AccessOverrides, ImageAt } from '../../services/index.ts';
import type { Context } from './context.ts';
import { describe, manifestAt } from './manifest-at.ts';
import { chooseImage } from './platform-image.ts';

/** One image of what a reference names. */
export interface NamedImage {
  readonly at: ImageAt;
  readonly platform?: string;
  /** The index that it was chosen from. */
  readonly index?: string;
}

/** Wherever it lies; of an index the image for a platform, or for this machine. @throws UsageError; RegistryError */
export async function imageOf(
  context: Context,
  text: string,
  platform: string | undefined,
  access: AccessOverrides,
): Promise<NamedImage> {
  const at = await manifestAt(context, text, access);
  const named = await describe(context, at);
  const { digest, ...chosen } = chooseImage(named, platform);
  const from = digest === named.digest ? {} : { index: named.digest };
  return { at: { ...at, reference: digest }, ...chosen, ...from };
}
