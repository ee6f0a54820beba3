import {
  type ContentReference,
  formatContentReference,
  formatReference,
  isDigest,
  parseReference,
  type Reference,
} from '../../engine/index.ts';
import type { AccessOverrides, PlaceHandle } from '../../services/index.ts';
import type { Context } from './context.ts';
import { UsageError } from './failures.ts';
import { parseManifestReference, readContentReference } from './references.ts';

/** Where a copy comes from or goes to. */
export interface CopyPlace {
  readonly handle: PlaceHandle;
  /** Empty in a layout whose images have tags only. */
  readonly repository: string;
  /** Tag, or digest of a source. */
  readonly reference: string;
  /** What a target takes that has no tag. */
  readonly tag?: string;
  /** As references name it. */
  readonly text: string;
}

/** Whether one registry at most is named, so that it is clear whose a sign-in is. @throws RegistryError `invalidReference` */
export function nameOneRegistry(source: string, target: string): boolean {
  const [from, to] = [source, target].map((text) =>
    readContentReference(text) ? undefined : parseReference(text).host,
  );
  return from === undefined || to === undefined || from === to;
}

/** @throws UsageError; RegistryError `invalidReference` */
export async function copySource(
  context: Context,
  text: string,
  access: AccessOverrides,
): Promise<CopyPlace> {
  const content = readContentReference(text);
  if (content) return await contentSource(context, content);
  const source = parseManifestReference(text);
  const { host, repository, reference, tag } = source;
  return {
    handle: await context.registry(host, access, repository),
    repository,
    reference,
    ...(tag === undefined ? {} : { tag }),
    text: formatReference(plainReference(source)),
  };
}

/** Of a place with one image that image, whatever it is called. */
async function contentSource(
  { core, signal }: Context,
  { place, ...named }: ContentReference,
): Promise<CopyPlace> {
  const handle = core.content.handle(place);
  const names = named.reference === undefined ? await core.content.names(place, { signal }) : [];
  const [only] = names.length === 1 ? names : [];
  const repository = named.repository ?? only?.repository ?? '';
  const reference = named.reference ?? only?.tag ?? (await core.content.onlyDigest(place, { signal }));
  const tag = isDigest(reference) ? undefined : reference;
  const text = formatContentReference({ place, repository, reference });
  return { handle, repository, reference, ...(tag === undefined ? {} : { tag }), text };
}

/** Without a tag it takes the source's, and a place of Docker's without a name the source's. @throws UsageError */
export async function copyTarget(
  context: Context,
  text: string,
  access: AccessOverrides,
  source: CopyPlace,
): Promise<CopyPlace> {
  const content = readContentReference(text);
  const named = content ? nameIn(content, source) : parseReference(text);
  const tag = 'tag' in named ? named.tag : undefined;
  if ('digest' in named && named.digest !== undefined)
    throw new UsageError('The target must be a tag: a digest cannot be chosen.');
  const reference = tag ?? source.tag;
  if (reference === undefined) throw new UsageError(`"${text}" needs a :tag, since the source has none.`);
  const { repository } = named;
  if (content) {
    const { place } = content;
    const full = formatContentReference({ place, repository, reference });
    return { handle: context.core.content.handle(place), repository, reference, text: full };
  }
  const { host } = parseReference(text);
  const full = formatReference({ host, repository, tag: reference });
  return { handle: await context.registry(host, access, repository), repository, reference, text: full };
}

function nameIn(
  { place, repository, reference }: ContentReference,
  source: CopyPlace,
): { repository: string; tag?: string; digest?: string } {
  if (reference !== undefined)
    return {
      repository: repository ?? '',
      ...(isDigest(reference) ? { digest: reference } : { tag: reference }),
    };
  if (place.kind === 'ociLayout' || place.kind === 'ociArchive') return { repository: '' };
  if (source.repository === '')
    throw new UsageError('A Docker archive or engine needs a name, since the source has none.');
  const { handle } = source;
  return { repository: 'client' in handle ? `${handle.host}/${source.repository}` : source.repository };
}

/** What was read, not both of what was given: with a digest the tag is only said. */
function plainReference({ host, repository, tag, digest }: Reference): Reference {
  if (digest !== undefined) return { host, repository, digest };
  return tag === undefined ? { host, repository } : { host, repository, tag };
}
