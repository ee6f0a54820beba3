import { type Descriptor, headOfNamed, listReferrers } from '../../../engine/index.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { bytesText, print, printJson } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { Table } from '../table.ts';

export interface ReferrersFlags {
  readonly artifactType?: string;
}

/** `referrers REF`: what is attached to a manifest. */
export async function referrers(
  context: Context,
  text: string,
  { artifactType }: ReferrersFlags,
  access: AccessOverrides,
): Promise<void> {
  const { json, signal } = context;
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  const { digest } = await headOfNamed(registry.urgentReader, repository, reference, signal);
  const found = await listReferrers(registry.client, repository, digest, {
    signal,
    ...(artifactType === undefined ? {} : { artifactType }),
  });
  if (json) await printJson({ reference: text, digest, referrers: found.map(referrerDocument) });
  else if (found.length > 0) await print(referrerLines(found));
}

export function referrerDocument({ digest, mediaType, size, artifactType, annotations }: Descriptor): object {
  return {
    digest,
    mediaType,
    size,
    artifactType: artifactType ?? null,
    annotations: annotations ?? {},
  };
}

/** For people; with whole digests, which are what such a manifest is known by. */
export function referrerLines(found: readonly Descriptor[]): string[] {
  const rows = found.map(({ digest, size, artifactType, mediaType }) => [
    digest,
    bytesText(size),
    artifactType ?? mediaType,
  ]);
  return new Table(['ATTACHED', 'SIZE', 'TYPE'], [1]).lines(rows);
}
