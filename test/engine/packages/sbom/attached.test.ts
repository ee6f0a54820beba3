import { expect, test } from 'vitest';
import { clientReader, RegistryContent } from '../../../../src-main/engine/index.ts';
import { readAttachedSboms } from '../../../../src-main/engine/packages/sbom/attached.ts';
import { dsseOf, makeAttached, statementOf } from '../../../support/attached.ts';
import {
  amd64,
  descriptor,
  makeImage,
  makeIndex,
  mediaTypes,
  type TestManifest,
} from '../../../support/images.ts';
import { startTestRegistry } from '../../../support/local-registry.ts';
import { push } from '../../../support/push.ts';
import { clientOf } from '../../../support/server.ts';

const spdx = (name: string): object => ({
  spdxVersion: 'SPDX-2.3',
  packages: [
    {
      name,
      versionInfo: '1',
      externalRefs: [{ referenceType: 'purl', referenceLocator: `pkg:deb/debian/${name}@1` }],
    },
  ],
});
const cyclonedx = (name: string): object => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [{ type: 'library', name, version: '1' }],
});

async function read(
  registry: { readonly url: string },
  image: TestManifest,
  index?: { manifest: TestManifest; entries: readonly object[] },
) {
  const client = clientOf(registry);
  const source = new RegistryContent(client, clientReader(client));
  const found = await readAttachedSboms(source, 'app', {
    image: image.digest,
    diffIds: [],
    ...(index ? { index: { digest: index.manifest.digest, entries: index.entries as never } } : {}),
  });
  return {
    ...found,
    named: found.sboms.map(({ via, format, packages }) => [via, format, packages.map(({ name }) => name)]),
  };
}

test('SBOMs that refer to an image, those under tags of cosign and those in statements, of the image before those of its index', async () => {
  const [registry, image] = await Promise.all([startTestRegistry(), makeImage()]);
  const index = makeIndex([{ manifest: image, platform: amd64 }]);
  await push(index, registry, 'app', '1');
  const attach = async (options: Parameters<typeof makeAttached>[0], tag?: string) =>
    push(makeAttached(options), registry, 'app', tag);
  const hex = image.digest.replace('sha256:', '');
  await attach({
    artifactType: 'application/vnd.cyclonedx+json',
    documents: [{ mediaType: 'application/vnd.cyclonedx+json', content: cyclonedx('of-index') }],
    subject: index,
  });
  await attach({
    artifactType: 'application/spdx+json',
    documents: [{ mediaType: 'application/spdx+json', content: spdx('referring') }],
    subject: image,
  });
  await attach(
    { documents: [{ mediaType: 'text/spdx+json', content: spdx('tagged') }] },
    `sha256-${hex}.sbom`,
  );
  await attach(
    {
      documents: [
        {
          mediaType: 'application/vnd.dsse.envelope.v1+json',
          content: dsseOf(statementOf('https://cyclonedx.org/bom', cyclonedx('stated'), image)),
        },
        {
          mediaType: 'application/vnd.dsse.envelope.v1+json',
          content: dsseOf(statementOf('https://slsa.dev/provenance/v1', {}, image)),
        },
      ],
    },
    `sha256-${hex}.att`,
  );
  const { named, unseen } = await read(registry, image, { manifest: index, entries: [descriptor(image)] });
  expect(named.slice(-1)).toEqual([['subject', 'cyclonedx', ['of-index']]]);
  expect(named.slice(0, -1).sort()).toEqual([
    ['subject', 'spdx', ['referring']],
    ['tag', 'cyclonedx', ['stated']],
    ['tag', 'spdx', ['tagged']],
  ]);
  expect(unseen).toEqual([]);
});

test("BuildKit's are found in the index of the image, and are of their own platform", async () => {
  const [registry, image, other] = await Promise.all([
    startTestRegistry(),
    makeImage(),
    makeImage({ name: 'other' }),
  ]);
  const attestation = (of: TestManifest, name: string) =>
    makeAttached({
      documents: [
        {
          mediaType: mediaTypes.inToto,
          content: statementOf('https://spdx.dev/Document', spdx(name), of),
          annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' },
        },
      ],
    });
  const entryOf = (of: TestManifest, name: string) => ({
    manifest: attestation(of, name),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': of.digest,
    },
  });
  const entries = [
    { manifest: image, platform: amd64 },
    { manifest: other },
    entryOf(image, 'mine'),
    entryOf(other, 'theirs'),
  ];
  const index = makeIndex(entries);
  await push(index, registry, 'app', '1');
  const { manifests } = JSON.parse(index.bytes.toString());
  const { named } = await read(registry, image, { manifest: index, entries: manifests });
  expect(named).toEqual([['index', 'spdx', ['mine']]]);
});

test('one that cannot be read says why, in its place', async () => {
  const [registry, image] = await Promise.all([startTestRegistry(), makeImage()]);
  await push(image, registry, 'app', '1');
  await push(
    makeAttached({
      artifactType: 'text/spdx',
      documents: [{ mediaType: 'text/spdx', content: Buffer.from('SPDXVersion: SPDX-2.3\n') }],
      subject: image,
    }),
    registry,
    'app',
  );
  const { sboms } = await read(registry, image);
  expect(sboms).toMatchObject([
    { packages: [], problem: { code: 'unsupported', reason: expect.stringContaining('SPDX') } },
  ]);
});
