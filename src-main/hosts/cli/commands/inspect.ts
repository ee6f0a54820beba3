import type { DescribedImage } from '../../../common/image.ts';
import { type Descriptor, listReferrers, RegistryError } from '../../../engine/index.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { inspectDocument, inspectLines } from '../image-text.ts';
import { print, printJson, warn } from '../output.ts';
import { chooseImage } from '../platform-image.ts';
import { parseManifestReference, readContentReference } from '../references.ts';

export interface InspectFlags {
  /** `os/architecture[/variant]`, of an index. */
  readonly platform?: string;
}

/**
 * `inspect REF`: digest, type and size of what the reference names, what is in it if it is an index, what is attached to it, and
 * config and layers of one image. What cannot be read is shown as it is, and fails.
 */
export async function inspect(
  context: Context,
  text: string,
  flags: InspectFlags,
  access: AccessOverrides,
): Promise<void> {
  const { json, signal } = context;
  const { reference, describe, referrers } = await placeOf(context, text, access);
  const named = await describe(reference);
  const chosen = chooseImage(named, flags.platform);
  const [image, attached] = await Promise.all([
    chosen.digest === named.digest ? named : describe(chosen.digest),
    attachedTo(text, () => referrers(named.digest), signal),
  ]);
  if (json) await printJson(inspectDocument(text, named, { ...chosen, image }, attached));
  else await print(inspectLines(text, named, { ...chosen, image }, attached ?? []));
  if (image.content.kind === 'unreadable')
    throw new RegistryError('invalidResponse', '', { reason: image.content.reason });
}

/** Where it lies and how that is asked. */
interface InspectedPlace {
  reference: string;
  describe(reference: string): Promise<DescribedImage>;
  referrers(digest: string): Promise<readonly Descriptor[]>;
}

async function placeOf(
  { core, signal, registry: open }: Context,
  text: string,
  access: AccessOverrides,
): Promise<InspectedPlace> {
  const content = readContentReference(text);
  if (content) {
    const { place, repository = '' } = content;
    const reference = content.reference ?? (await core.content.onlyDigest(place, { signal }));
    return {
      reference,
      describe: (each) => core.content.describe(place, repository, each, { signal }),
      referrers: (digest) => core.content.referrers(place, repository, digest, { signal }),
    };
  }
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await open(host, access, repository);
  return {
    reference,
    describe: (each) => core.images.describe(registry, repository, each, { signal }),
    referrers: (digest) => listReferrers(registry.client, repository, digest, { signal }),
  };
}

/** Undefined where that is unknown: the rest is known. */
async function attachedTo(
  text: string,
  asked: () => Promise<readonly Descriptor[]>,
  signal: AbortSignal,
): Promise<readonly Descriptor[] | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (!(error instanceof RegistryError) || signal.aborted) throw error;
    const { code, reason } = error;
    const why = reason === undefined ? '' : ` ${reason}`;
    warn({ code, message: `What is attached to ${text} could not be read.${why}` });
    return undefined;
  }
}
