import { getManifest, headOfNamed, parseManifest, streamBlob } from '../../../engine/index.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { print, printBytes, printJson } from '../output.ts';
import { chooseImage } from '../platform-image.ts';
import { parseManifestReference } from '../references.ts';
import type { InspectFlags } from './inspect.ts';

/** What a command asks of one image. */
type Asked = readonly [context: Context, text: string, flags: InspectFlags, access: AccessOverrides];

/** `digest REF`: what the reference points at, or its image for a platform. */
export async function digest(...asked: Asked): Promise<void> {
  const [context, text, { platform }] = asked;
  const { registry, repository, reference } = await resolve(...asked);
  const found =
    platform === undefined
      ? (await headOfNamed(registry.urgentReader, repository, reference, context.signal)).digest
      : reference;
  if (context.json) await printJson({ reference: text, digest: found });
  else await print(found);
}

/** `manifest REF`: its bytes as the registry keeps them, verified. */
export async function manifest(...asked: Asked): Promise<void> {
  const [{ signal }] = asked;
  const { registry, repository, reference } = await resolve(...asked);
  const { bytes } = await getManifest(registry.client, repository, reference, { signal, urgent: true });
  await printBytes(bytes);
}

/** `config REF`: the bytes of an image's config, verified; of an index that of one image. */
export async function config(...asked: Asked): Promise<void> {
  const [{ signal }, text] = asked;
  const { registry, repository, reference } = await resolve(...asked);
  const read = (of: string) => getManifest(registry.client, repository, of, { signal, urgent: true });
  let found = parseManifest(await read(reference));
  if (found.kind === 'index') {
    const { core } = asked[0];
    const named = await core.images.describe(registry, repository, reference, { signal });
    found = parseManifest(await read(chooseImage(named, undefined).digest));
  }
  if (found.kind !== 'image')
    throw new CommandFailure({ code: 'notFound', message: `${text} has no config.` });
  for await (const chunk of streamBlob(registry.client, repository, found.config.digest, { signal }))
    await printBytes(chunk);
}

/** `blob REPOSITORY@DIGEST`: its bytes as they come. That they do not match the digest is reported at their end. */
export async function blob(context: Context, text: string, access: AccessOverrides): Promise<void> {
  const { host, repository, digest: wanted } = parseManifestReference(text);
  if (wanted === undefined) throw new UsageError(`"${text}" names no blob: give HOST/REPOSITORY@DIGEST.`);
  const { client } = await context.registry(host, access, repository);
  for await (const chunk of streamBlob(client, repository, wanted, { signal: context.signal }))
    await printBytes(chunk);
}

/** The registry, and the digest of the image for a platform where one is wanted. */
async function resolve(...[context, text, { platform }, access]: Asked) {
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  if (platform === undefined) return { registry, repository, reference };
  const { core, signal } = context;
  const named = await core.images.describe(registry, repository, reference, { signal });
  return { registry, repository, reference: chooseImage(named, platform).digest };
}
