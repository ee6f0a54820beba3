import { expect, test } from 'vitest';
import { readSbom } from '../../../../src-main/engine/packages/sbom/read.ts';
import { turnsDuring } from '../support.ts';

const bytes = (document: unknown): Buffer => Buffer.from(JSON.stringify(document));

const SPDX = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Organization: x', 'Tool: syft-1.2'] },
  packages: [
    { SPDXID: 'a', name: 'app', primaryPackagePurpose: 'CONTAINER' },
    {
      SPDXID: 'b',
      name: 'musl',
      versionInfo: '1.2.4',
      licenseDeclared: 'NOASSERTION',
      licenseConcluded: 'MIT',
      externalRefs: [
        { referenceType: 'cpe23Type', referenceLocator: 'cpe:x' },
        { referenceType: 'purl', referenceLocator: 'pkg:apk/alpine/musl@1.2.4?arch=x86_64' },
      ],
    },
    { SPDXID: 'c', name: 'bare' },
    {
      SPDXID: 'd',
      name: 'registry',
      externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:oci/app@1' }],
    },
    { SPDXID: 'e', versionInfo: 'nameless' },
    'odd',
  ],
};
const SPDX_PACKAGES = [
  {
    type: 'apk',
    name: 'musl',
    version: '1.2.4',
    licence: 'MIT',
    purl: 'pkg:apk/alpine/musl@1.2.4?arch=x86_64',
    paths: [],
  },
  { type: 'generic', name: 'bare', version: '', paths: [] },
];

const CYCLONEDX = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { timestamp: '2026-01-01T00:00:00Z', tools: { components: [{ name: 'trivy', version: '0.5' }] } },
  components: [
    { type: 'operating-system', name: 'debian', version: '12' },
    {
      type: 'library',
      group: '@babel',
      name: 'core',
      version: '7.0.0',
      purl: 'pkg:npm/%40babel/core@7.0.0',
      licenses: [{ license: { id: 'MIT' } }, { license: { name: 'Other' } }],
      properties: [
        { name: 'syft:location:0:layerID', value: 'sha256:second' },
        { name: 'syft:location:0:path', value: '/app/node_modules/@babel/core/package.json' },
      ],
    },
    {
      type: 'application',
      group: 'org.x',
      name: 'outer',
      version: '1',
      purl: 'pkg:maven/org.x/outer@1',
      licenses: [{ expression: 'MIT OR ISC' }],
      components: [{ type: 'library', name: 'inner', version: '2' }],
    },
  ],
};

test('SPDX 2 and CycloneDX in JSON: names, versions, licences, URLs and, where a tool says it, the layer', async () => {
  expect(await readSbom(bytes(SPDX))).toEqual({
    format: 'spdx',
    version: '2.3',
    created: '2026-01-01T00:00:00Z',
    tool: 'syft-1.2',
    packages: SPDX_PACKAGES,
  });
  expect(await readSbom(bytes(CYCLONEDX), { diffIds: ['sha256:first', 'sha256:second'] })).toEqual({
    format: 'cyclonedx',
    version: '1.5',
    created: '2026-01-01T00:00:00Z',
    tool: 'trivy 0.5',
    packages: [
      { type: 'generic', name: 'inner', version: '2', paths: [] },
      {
        type: 'maven',
        name: 'org.x:outer',
        version: '1',
        licence: 'MIT OR ISC',
        purl: 'pkg:maven/org.x/outer@1',
        paths: [],
      },
      {
        type: 'npm',
        name: '@babel/core',
        version: '7.0.0',
        licence: 'MIT, Other',
        purl: 'pkg:npm/%40babel/core@7.0.0',
        layer: 1,
        paths: ['app/node_modules/@babel/core/package.json'],
      },
    ],
  });
});

test('documents in statements of in-toto, in envelopes of DSSE and sigstore, and as a text in old ones', async () => {
  const statement = {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://spdx.dev/Document',
    predicate: SPDX,
  };
  const dsse = {
    payloadType: 'application/vnd.in-toto+json',
    payload: bytes(statement).toString('base64').replaceAll('/', '\\/'),
    signatures: [],
  };
  const written = JSON.stringify(dsse).replaceAll('\\\\/', '\\/');
  const bundle = `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":${written}}`;
  const old = { ...statement, predicate: { Data: JSON.stringify(SPDX), Timestamp: '' } };
  for (const text of [JSON.stringify(statement), written, bundle, JSON.stringify(old)])
    expect((await readSbom(Buffer.from(text))).packages).toEqual(SPDX_PACKAGES);
});

test('other forms are named and not taken for none', async () => {
  const failing: [string, string, RegExp][] = [
    ['SPDXVersion: SPDX-2.3\n', 'unsupported', /tags and values/],
    ['<?xml version="1.0"?><bom/>', 'unsupported', /XML/],
    ['{"@context":"https://spdx.org/rdf/3.0.1","@graph":[]}', 'unsupported', /SPDX 3/],
    ['{"spdxVersion":"SPDX-3.0"}', 'unsupported', /SPDX-3.0/],
    ['{"artifacts":[],"schema":{}}', 'unsupported', /neither/],
    ['{"spdxVersion":"SPDX-2.3","packages":[{"name":"a"', 'damaged', /not complete/],
    ['nonsense', 'unsupported', /neither/],
    ['', 'unsupported', /neither/],
  ];
  for (const [text, code, message] of failing)
    await expect(readSbom(Buffer.from(text))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  let nested: object = SPDX;
  for (let depth = 0; depth < 8; depth += 1) nested = { predicate: nested };
  await expect(readSbom(bytes(nested))).rejects.toMatchObject({ code: 'tooMany' });
});

test('a document of tens of megabytes, bare or in an envelope, is read in slices', async () => {
  const files = Array.from({ length: 100_000 }, (_, at) => ({
    SPDXID: `f${at}`,
    fileName: `./${'x'.repeat(300)}${at}`,
  }));
  const packages = Array.from({ length: 20_000 }, (_, at) => ({
    name: `p${at}`,
    versionInfo: '1',
    comment: 'c'.repeat(300),
  }));
  const text = Buffer.from(JSON.stringify({ ...SPDX, files, packages }));
  expect(text.byteLength).toBeGreaterThan(35_000_000);
  // In an envelope it is a third larger.
  const payload = Buffer.from(`{"predicate":${text}}`).toString('base64');
  const envelope = Buffer.from(`{"payloadType":"x","payload":"${payload.replaceAll('/', '\\/')}"}`);
  for (const bytes of [text, envelope]) {
    const { result, turns } = await turnsDuring(() => readSbom(bytes));
    expect(result.packages).toHaveLength(20_000);
    expect(turns).toBeGreaterThan(10);
  }
});

test('a package of very many files is listed once with all of them', async () => {
  const components = Array.from({ length: 100_000 }, (_, at) => ({
    type: 'library',
    name: 'a',
    purl: 'pkg:npm/a@1',
    properties: [{ name: 'syft:location:0:path', value: `/app/${at % 50_000}` }],
  }));
  const { packages } = await readSbom(bytes({ bomFormat: 'CycloneDX', specVersion: '1.6', components }));
  expect(packages).toHaveLength(1);
  expect(packages[0]?.paths).toHaveLength(50_000);
});
