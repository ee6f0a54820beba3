import { expect, test } from 'vitest';
import { readSbom } from '../../../../src-main/engine/packages/sbom/read.ts';
import { writeCycloneDx } from '../../../../src-main/engine/packages/sbom/write-cyclonedx.ts';
import { writeSpdx } from '../../../../src-main/engine/packages/sbom/write-spdx.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const MAKING = {
  version: '1.2.3',
  now: new Date('2026-01-02T03:04:05.678Z'),
  id: '0b0e9f5c-9a3b-4c8f-8d43-1f5a3f1b2c3d',
};
const packages = [
  {
    type: 'deb',
    name: 'base',
    version: '1',
    licence: 'GPL-2+, MIT',
    purl: 'pkg:deb/debian/base@1',
    layer: 0,
    paths: ['var/lib/dpkg/status'],
  },
  {
    type: 'deb',
    name: 'other',
    version: '1',
    licence: 'GPL-2+, MIT',
    purl: 'pkg:deb/debian/other@1',
    layer: 1,
    paths: ['var/lib/dpkg/status'],
  },
  { type: 'generic', name: 'bare', version: '', paths: [] },
  {
    type: 'maven',
    name: 'org.x:y',
    version: '2',
    licence: 'MIT OR Apache-2.0',
    purl: 'pkg:maven/org.x/y@2',
    layer: 1,
    paths: ['a.jar', 'b.jar'],
  },
  {
    type: 'npm',
    name: '@scope/z',
    version: '3',
    purl: 'pkg:npm/%40scope/z@3',
    layer: 1,
    paths: ['z/package.json'],
  },
];
const image = {
  name: 'localhost:5000/team/App',
  digest: DIGEST,
  layers: ['sha256:one', 'sha256:two'],
  release: { id: 'debian', version: '12' },
  packages,
};
const without = (fields: readonly string[]) =>
  packages.map((each) => ({
    ...Object.fromEntries(Object.entries(each).filter(([key]) => !fields.includes(key))),
  }));

test('CycloneDX 1.6: what the schema asks for, a place for each fact, and what is read back is what was written', async () => {
  const text = [...writeCycloneDx(image, MAKING)].join('');
  const document = JSON.parse(text);
  expect(document).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: 'urn:uuid:0b0e9f5c-9a3b-4c8f-8d43-1f5a3f1b2c3d',
    version: 1,
    metadata: {
      timestamp: '2026-01-02T03:04:05Z',
      component: {
        type: 'container',
        purl: `pkg:oci/app@sha256%3A${'a'.repeat(64)}?repository_url=localhost%3A5000%2Fteam%2FApp`,
      },
    },
  });
  const [system, base, , bare, maven, npm] = document.components;
  expect(system).toMatchObject({ type: 'operating-system', name: 'debian', version: '12' });
  expect(base).toMatchObject({
    type: 'library',
    name: 'base',
    licenses: [{ license: { name: 'GPL-2+, MIT' } }],
    properties: [
      { name: 'wharfinger:layer', value: '0' },
      { name: 'wharfinger:layerDigest', value: 'sha256:one' },
    ],
  });
  expect(bare).toEqual({ type: 'library', 'bom-ref': 'package-2', name: 'bare' });
  expect(maven).toMatchObject({
    group: 'org.x',
    name: 'y',
    evidence: { occurrences: [{ location: '/a.jar' }, { location: '/b.jar' }] },
  });
  expect(npm).toMatchObject({ group: '@scope', name: 'z' });
  const references = document.components.map((component: { 'bom-ref': string }) => component['bom-ref']);
  expect(new Set(references).size).toBe(references.length);
  expect((await readSbom(Buffer.from(text))).packages).toEqual(
    without(['layer']).map((each) => ({ ...each, paths: [] })),
  );
});

test('SPDX 2.3: what the schema asks for; licences that are on no list are texts of their own', async () => {
  const text = [...writeSpdx(image, MAKING)].join('');
  const document = JSON.parse(text);
  expect(document).toMatchObject({
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    creationInfo: { created: '2026-01-02T03:04:05Z', creators: ['Tool: wharfinger-1.2.3'] },
    hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-1', extractedText: 'GPL-2+, MIT' }],
  });
  for (const each of document.packages)
    expect(each).toMatchObject({
      SPDXID: expect.stringMatching(/^SPDXRef-[A-Za-z0-9.-]+$/),
      name: expect.any(String),
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
    });
  expect(document.packages.map((each: { licenseDeclared: string }) => each.licenseDeclared)).toEqual([
    'NOASSERTION',
    'LicenseRef-1',
    'LicenseRef-1',
    'NOASSERTION',
    'MIT OR Apache-2.0',
    'NOASSERTION',
  ]);
  expect(document.packages[0]).toMatchObject({
    checksums: [{ algorithm: 'SHA256', checksumValue: 'a'.repeat(64) }],
  });
  expect(document.relationships).toHaveLength(packages.length + 1);
  expect(document.relationships[0]).toEqual({
    spdxElementId: 'SPDXRef-DOCUMENT',
    relationshipType: 'DESCRIBES',
    relatedSpdxElement: 'SPDXRef-Image',
  });
  const { packages: read } = await readSbom(Buffer.from(text));
  expect(read.map(({ name, version, purl }) => [name, version, purl])).toEqual(
    packages.map(({ name, version, purl }) => [name, version, purl]),
  );
});

test('an image without packages is a document without packages', () => {
  const empty = { ...image, release: undefined, packages: [] };
  expect(JSON.parse([...writeCycloneDx(empty, MAKING)].join(''))).toMatchObject({ components: [] });
  expect(JSON.parse([...writeSpdx(empty, MAKING)].join('')).packages).toHaveLength(1);
});
