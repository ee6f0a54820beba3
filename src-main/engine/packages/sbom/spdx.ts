import { elementsOf, membersOf, parseJson } from '../../model/json.ts';
import { listOf, objectOf, textOf, textsOf } from '../../model/json-fields.ts';
import { Listed } from './listed.ts';
import type { Sbom } from './sbom.ts';

/** What describes the image and not what is in it. */
const WHOLES = new Set(['CONTAINER', 'OPERATING-SYSTEM', 'OPERATING_SYSTEM']);

/** @see https://spdx.github.io/spdx-spec/v2.3/ */
export async function readSpdx(
  bytes: Buffer,
  version: string,
  signal: AbortSignal | undefined,
): Promise<Sbom> {
  const members = await membersOf(bytes, ['creationInfo', 'packages']);
  const info = objectOf(parseJson(members.get('creationInfo') ?? Buffer.from('{}')));
  const created = textOf(info.created);
  const tool = textsOf(info.creators)
    .find((creator) => creator.startsWith('Tool:'))
    ?.slice('Tool:'.length)
    .trim();
  const listed = new Listed();
  if (members.has('packages')) {
    for await (const packages of elementsOf(bytes, 'packages')) {
      for (const each of packages) {
        await listed.turns.take(signal);
        const { name, versionInfo, licenseConcluded, licenseDeclared, externalRefs, primaryPackagePurpose } =
          objectOf(each);
        if (WHOLES.has(textOf(primaryPackagePurpose) ?? '')) continue;
        const purl = listOf(externalRefs)
          .map(objectOf)
          .find(({ referenceType }) => referenceType === 'purl');
        listed.add({
          name: textOf(name),
          version: textOf(versionInfo),
          licence: stated(licenseDeclared) ?? stated(licenseConcluded),
          purl: textOf(purl?.referenceLocator),
        });
      }
    }
  }
  return {
    format: 'spdx',
    version,
    ...(created === undefined ? {} : { created }),
    ...(tool === undefined ? {} : { tool }),
    packages: await listed.all(),
  };
}

function stated(licence: unknown): string | undefined {
  const text = textOf(licence);
  return text === 'NOASSERTION' || text === 'NONE' ? undefined : text;
}
