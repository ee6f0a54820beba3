import { type Descriptor, listReferrers, RegistryError } from '../../../engine/index.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { inspectDocument, inspectLines } from '../image-text.ts';
import { describe, type ManifestAt, manifestAt } from '../manifest-at.ts';
import { print, printJson, warn } from '../output.ts';
import { chooseImage } from '../platform-image.ts';

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
  const at = await manifestAt(context, text, access);
  const named = await describe(context, at);
  const chosen = chooseImage(named, flags.platform);
  const [image, attached] = await Promise.all([
    chosen.digest === named.digest ? named : describe(context, { ...at, reference: chosen.digest }),
    attachedTo(text, () => attachments(context, at, named.digest), signal),
  ]);
  if (json) await printJson(inspectDocument(text, named, { ...chosen, image }, attached));
  else await print(inspectLines(text, named, { ...chosen, image }, attached ?? []));
  if (image.content.kind === 'unreadable')
    throw new RegistryError('invalidResponse', '', { reason: image.content.reason });
}

function attachments(
  { core, signal }: Context,
  { handle, repository }: ManifestAt,
  digest: string,
): Promise<readonly Descriptor[]> {
  return 'client' in handle
    ? listReferrers(handle.client, repository, digest, { signal })
    : core.content.referrers(handle.place.content, repository, digest, { signal });
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
    warn({ code, message: `Attachments of ${text} could not be read.${why}` });
    return undefined;
  }
}
