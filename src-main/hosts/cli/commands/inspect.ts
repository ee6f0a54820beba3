import { type Descriptor, listReferrers, RegistryError } from '../../../engine/index.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { inspectDocument, inspectLines } from '../image-text.ts';
import { print, printJson, warn } from '../output.ts';
import { chooseImage } from '../platform-image.ts';
import { parseManifestReference } from '../references.ts';

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
  const { core, json, signal } = context;
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  const named = await core.images.describe(registry, repository, reference, { signal });
  const chosen = chooseImage(named, flags.platform);
  const [image, attached] = await Promise.all([
    chosen.digest === named.digest
      ? named
      : core.images.describe(registry, repository, chosen.digest, { signal }),
    attachedTo(registry, repository, named.digest, signal),
  ]);
  if (json) await printJson(inspectDocument(text, named, { ...chosen, image }, attached));
  else await print(inspectLines(text, named, { ...chosen, image }, attached ?? []));
  if (image.content.kind === 'unreadable')
    throw new RegistryError('invalidResponse', '', { reason: image.content.reason });
}

/** Undefined where that cannot be told: the rest is. */
async function attachedTo(
  registry: RegistryHandle,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<readonly Descriptor[] | undefined> {
  try {
    return await listReferrers(registry.client, repository, digest, { signal });
  } catch (error) {
    if (!(error instanceof RegistryError) || signal.aborted) throw error;
    const { code, reason } = error;
    const why = reason === undefined ? '' : ` ${reason}`;
    warn({ code, message: `What is attached to ${repository}@${digest} could not be read.${why}` });
    return undefined;
  }
}
