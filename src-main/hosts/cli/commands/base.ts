import type { ImageBase } from '../../../common/find.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { imageOf } from '../image-of.ts';
import { counted, print, printJson, shortDigest } from '../output.ts';

/** `base REF`: what an image was built on, and newer ones of that. */
export async function base(
  context: Context,
  text: string,
  platform: string | undefined,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { at, index } = await imageOf(context, text, platform, access);
  const found = await core.find.base(at, { index, signal });
  if (json) await printJson({ reference: text, ...found });
  else await print(linesOf(found));
}

function linesOf({ stated, found, updates, layers }: ImageBase): string[] {
  const lines: string[] = [];
  if (stated) {
    const { name = 'a base without a name', digest, tag } = stated;
    const said = `Stated by the image: ${name}${digest === undefined ? '' : `@${shortDigest(digest)}`}`;
    const now = {
      same: 'its tag points there',
      moved: 'its tag points elsewhere',
      unknown: 'where its tag points is unknown: no scan has seen it',
    }[tag];
    lines.push(`${said}; ${now}.`);
  }
  if (found) {
    const { places, digest } = found;
    const where = places.flatMap(({ host, repository, tags }) =>
      tags.map((name) => `${host}/${repository}:${name}`),
    );
    lines.push(
      `By its layers: ${where.length > 0 ? where.join(', ') : `${digest}, which no tag is on`} (${found.layers} of ${counted(layers, 'layer')}).`,
    );
  }
  if (lines.length === 0)
    return ['Base image unknown: the image does not state it, and no scanned image has its first layers.'];
  for (const { host, repository, tag, digest, created } of updates)
    lines.push(
      `Update: ${host}/${repository}:${tag} is ${shortDigest(digest)} now${created === undefined ? '' : `, of ${created}`}.`,
    );
  if (updates.length === 0 && stated?.tag !== 'unknown') lines.push('No newer version found.');
  return lines;
}
