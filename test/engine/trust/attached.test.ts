import { describe, expect, test } from 'vitest';
import {
  clientReader,
  parseManifest,
  RegistryContent,
  readAttached,
} from '../../../src-main/engine/index.ts';
import { dsseOf, makeAttached, PROVENANCE_1, PROVENANCE_02, statementOf } from '../../support/attached.ts';
import { makeCertificates } from '../../support/certificates.ts';
import {
  amd64,
  descriptor,
  makeArtifact,
  makeAttestation,
  makeImage,
  makeIndex,
  mediaTypes,
  sha256,
  type TestManifest,
} from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { startOddRegistry } from '../../support/odd-registry.ts';
import { push } from '../../support/push.ts';
import { clientOf } from '../../support/server.ts';

const IN_TOTO = mediaTypes.inToto;
const DSSE = 'application/vnd.dsse.envelope.v1+json';
const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';

function contentOf(registry: { readonly url: string }): RegistryContent {
  const client = clientOf(registry);
  return new RegistryContent(client, clientReader(client));
}

/** What is attached to one manifest of `app`. */
async function attachedTo(registry: { readonly url: string }, { digest }: TestManifest) {
  return await readAttached(contentOf(registry), 'app', { digests: [digest] });
}

/** An image in `app` with what is attached to it. */
async function withAttached(make: (image: TestManifest) => TestManifest) {
  const [registry, image] = await Promise.all([startTestRegistry(), makeImage()]);
  await push(image, registry, 'app', '1');
  const attached = make(image);
  await push(attached, registry, 'app');
  return { registry, image, attached };
}

test('provenance v1 in an envelope names builder, source and commit', async () => {
  const { registry, image, attached } = await withAttached((subject) =>
    makeAttached({
      artifactType: IN_TOTO,
      documents: [
        {
          mediaType: DSSE,
          content: dsseOf(statementOf('https://slsa.dev/provenance/v1', PROVENANCE_1, subject)),
        },
      ],
      subject,
      annotations: { 'org.opencontainers.image.created': '2026-05-01T10:05:00Z' },
    }),
  );
  const answer = await attachedTo(registry, image);
  expect(answer).toMatchObject({ unseen: [], leftOut: 0 });
  expect(answer.attached).toMatchObject([
    {
      digest: attached.digest,
      size: attached.bytes.length,
      kind: 'attestation',
      via: 'subject',
      subject: image.digest,
      created: '2026-05-01T10:05:00Z',
      documents: [
        {
          topic: 'provenance',
          format: 'SLSA',
          predicateType: 'https://slsa.dev/provenance/v1',
          subjects: [{ name: 'app', digest: image.digest }],
          claims: {
            builder: 'https://github.com/actions/runner/github-hosted',
            buildType: 'https://actions.github.io/buildtypes/workflow/v1',
            source: 'https://github.com/team/app',
            commit: '2f8c1e0d9b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e',
            entryPoint: '.github/workflows/release.yml',
            started: '2026-05-01T10:00:00Z',
            finished: '2026-05-01T10:04:00Z',
          },
        },
      ],
    },
  ]);
});

test('provenance v0.2 as BuildKit writes it, in the index of the image, is of its own platform', async () => {
  const [registry, image, other] = await Promise.all([
    startTestRegistry(),
    makeImage(),
    makeImage({ name: 'other' }),
  ]);
  const statement = statementOf('https://slsa.dev/provenance/v0.2', PROVENANCE_02, image);
  const attested = makeAttached({
    documents: [
      {
        mediaType: IN_TOTO,
        content: statement,
        annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' },
      },
      {
        mediaType: IN_TOTO,
        content: statementOf(
          'https://spdx.dev/Document',
          { creationInfo: { creators: ['Tool: syft-1.2'] } },
          image,
        ),
      },
    ],
  });
  const index = makeIndex([
    { manifest: image, platform: amd64 },
    { manifest: other, platform: { ...amd64, architecture: 'arm64' } },
    { ...makeAttestation(image), manifest: attested },
    makeAttestation(other),
  ]);
  await push(index, registry, 'app', '1');
  const parsed = parseManifest({ ...index });
  const entries = parsed.kind === 'index' ? parsed.manifests : [];
  const at = (digests: string[]) =>
    readAttached(contentOf(registry), 'app', { digests, index: { digest: index.digest, entries } });
  const { attached } = await at([index.digest, image.digest]);
  expect(attached).toMatchObject([
    {
      digest: attested.digest,
      kind: 'attestation',
      via: 'index',
      subject: image.digest,
      documents: [
        {
          topic: 'provenance',
          claims: {
            builder: 'https://github.com/team/app/actions/runs/7',
            source: 'https://github.com/team/app.git#refs/tags/v1',
            commit: '0a1b2c3d',
            entryPoint: 'Dockerfile',
          },
        },
        { topic: 'sbom', format: 'SPDX', claims: { tool: 'syft-1.2' } },
      ],
    },
  ]);
  expect(attached[0]?.artifactType).toBeUndefined();
  expect((await at([index.digest])).attached.map(({ subject }) => subject)).toEqual([
    image.digest,
    other.digest,
  ]);
});

test("cosign's tags: a signature with whom its certificate names, an SBOM, an attestation", async () => {
  const [registry, image, { server }] = await Promise.all([
    startTestRegistry(),
    makeImage(),
    makeCertificates(),
  ]);
  await push(image, registry, 'app', '1');
  const hex = image.digest.replace('sha256:', '');
  const signature = makeAttached({
    documents: [
      {
        mediaType: SIMPLE_SIGNING,
        content: {
          critical: {
            identity: { 'docker-reference': 'registry.example/app' },
            image: { 'docker-manifest-digest': image.digest },
            type: 'cosign container image signature',
          },
        },
        annotations: {
          'dev.cosignproject.cosign/signature': 'MEUCIQ==',
          'dev.sigstore.cosign/certificate': server.certificate,
        },
      },
    ],
  });
  const scan = statementOf(
    'https://cosign.sigstore.dev/attestation/vuln/v1',
    { scanner: { uri: 'pkg:github/aquasecurity/trivy', version: '0.50.0', result: [{}, {}] } },
    image,
  );
  const attestation = makeAttached({ documents: [{ mediaType: DSSE, content: dsseOf(scan) }] });
  const sbom = makeAttached({
    documents: [{ mediaType: 'text/spdx+json', content: { spdxVersion: 'SPDX-2.3' } }],
  });
  await push(signature, registry, 'app', `sha256-${hex}.sig`);
  await push(attestation, registry, 'app', `sha256-${hex}.att`);
  await push(sbom, registry, 'app', `sha256-${hex}.sbom`);
  const { attached } = await attachedTo(registry, image);
  expect(attached).toMatchObject([
    {
      kind: 'signature',
      via: 'tag',
      tag: `sha256-${hex}.sig`,
      documents: [
        {
          topic: 'signature',
          format: 'Cosign',
          subjects: [{ name: 'registry.example/app', digest: image.digest }],
          signers: [expect.stringMatching(/^IP Address:127\.0\.0\.1|^localhost/)],
        },
      ],
    },
    {
      kind: 'scan',
      tag: `sha256-${hex}.att`,
      documents: [{ topic: 'scan', claims: { tool: 'pkg:github/aquasecurity/trivy 0.50.0', findings: 2 } }],
    },
    { kind: 'sbom', tag: `sha256-${hex}.sbom`, documents: [{ topic: 'sbom', format: 'SPDX' }] },
  ]);
});

test('a signature of Notation names its signer; one in COSE is known by its type', async () => {
  const [registry, image, { server }] = await Promise.all([
    startTestRegistry(),
    makeImage(),
    makeCertificates(),
  ]);
  await push(image, registry, 'app', '1');
  const leaf = server.certificate.replace(/-----[^-]+-----|\s/g, '');
  const artifactType = 'application/vnd.cncf.notary.signature';
  const jws = { payload: '', protected: '', header: { x5c: [leaf] }, signature: '' };
  const signatures = [
    makeAttached({
      artifactType,
      subject: image,
      documents: [{ mediaType: 'application/jose+json', content: jws }],
    }),
    makeAttached({
      artifactType,
      subject: image,
      documents: [{ mediaType: 'application/cose', content: Buffer.from([0xd2, 0x84]) }],
    }),
  ];
  for (const signature of signatures) await push(signature, registry, 'app');
  const { attached } = await attachedTo(registry, image);
  expect(attached.map(({ kind }) => kind)).toEqual(['signature', 'signature']);
  expect(attached.flatMap(({ documents }) => documents.map(({ format }) => format))).toEqual([
    'Notation',
    'Notation',
  ]);
  expect(attached.flatMap(({ documents }) => documents.flatMap(({ signers }) => signers))).toHaveLength(1);
  expect(attached.every(({ documents }) => documents.every(({ problem }) => problem === undefined))).toBe(
    true,
  );
});

test('a bundle of sigstore is a statement with the name of its certificate', async () => {
  const { server } = await makeCertificates();
  const leaf = server.certificate.replace(/-----[^-]+-----|\s/g, '');
  const type = 'application/vnd.dev.sigstore.bundle.v0.3+json';
  const { registry, image } = await withAttached((subject) =>
    makeAttached({
      artifactType: type,
      subject,
      documents: [
        {
          mediaType: type,
          content: {
            mediaType: type,
            verificationMaterial: { certificate: { rawBytes: leaf } },
            dsseEnvelope: dsseOf(statementOf('https://sigstore.dev/cosign/sign/v1', {}, subject)),
          },
        },
      ],
    }),
  );
  const { attached } = await attachedTo(registry, image);
  expect(attached).toMatchObject([
    {
      kind: 'signature',
      documents: [{ topic: 'signature', format: 'Cosign', signers: [expect.any(String)] }],
    },
  ]);
});

test('what is listed under the fallback tag says which', async () => {
  const registry = await startTestRegistry({ limits: { referrers: false } });
  const image = await makeImage();
  const report = makeArtifact({ subject: image, content: Buffer.from('report') });
  await push(image, registry, 'app', '1');
  await push(report, registry, 'app');
  const list = makeIndex([{ manifest: report }]);
  const tag = image.digest.replace(':', '-');
  await push(list, registry, 'app', tag);
  const { attached } = await attachedTo(registry, image);
  expect(attached).toMatchObject([
    {
      digest: report.digest,
      kind: 'other',
      via: 'tag',
      tag,
      documents: [{ mediaType: 'text/plain', topic: 'other' }],
    },
  ]);
});

describe('what cannot be read', () => {
  test('says so in its place: a manifest that is gone, a document that is no JSON, one that is too large', async () => {
    const [registry, image] = await Promise.all([startTestRegistry(), makeImage()]);
    await push(image, registry, 'app', '1');
    const broken = makeAttached({
      artifactType: IN_TOTO,
      subject: image,
      documents: [
        { mediaType: IN_TOTO, content: Buffer.from('{ no JSON') },
        {
          mediaType: DSSE,
          content: { payloadType: 'application/vnd.in-toto+json', payload: '%%%', signatures: [] },
        },
        { mediaType: IN_TOTO, content: Buffer.alloc(2 * 1024 * 1024 + 1, 0x20) },
        { mediaType: IN_TOTO, content: statementOf('https://example.org/own', {}, image) },
      ],
    });
    await push(broken, registry, 'app');
    const [found] = (await attachedTo(registry, image)).attached;
    expect(found?.problem).toBeUndefined();
    expect(found?.kind).toBe('attestation');
    expect(found?.documents.map(({ problem }) => problem?.code)).toEqual([
      'invalidResponse',
      'invalidResponse',
      'tooLarge',
      undefined,
    ]);
    expect(found?.documents[2]?.problem?.reason).toContain('at most 2097152');
  });

  test('a referrer that its list names and the registry does not have', async () => {
    const [registry, image] = await Promise.all([
      startTestRegistry({ limits: { referrers: false } }),
      makeImage(),
    ]);
    const gone = makeArtifact({ content: Buffer.from('gone') });
    await push(image, registry, 'app', '1');
    await push(gone, registry, 'app');
    await push(makeIndex([{ manifest: gone }]), registry, 'app', image.digest.replace(':', '-'));
    const content = contentOf(registry);
    const get = content.get.bind(content);
    content.get = async (repository, reference, signal) =>
      await get(repository, reference === gone.digest ? sha256('nothing') : reference, signal);
    const { attached } = await readAttached(content, 'app', { digests: [image.digest] });
    expect(attached).toMatchObject([{ digest: gone.digest, problem: { code: 'notFound' }, documents: [] }]);
  });

  test('a place that may name more is named, and the rest is there', async () => {
    const registry = await startOddRegistry(async ({ url }, ordinary) =>
      url.includes('/referrers/') ? { status: 403 } : await ordinary(),
    );
    const image = await makeImage();
    await push(image, registry.behind, 'app', '1');
    const sbom = makeAttached({ documents: [{ mediaType: 'text/spdx+json', content: {} }] });
    await push(sbom, registry.behind, 'app', `${image.digest.replace(':', '-')}.sbom`);
    const answer = await attachedTo(registry, image);
    expect(answer.unseen).toMatchObject([{ place: image.digest, problem: { code: 'denied' } }]);
    expect(answer.attached).toMatchObject([{ kind: 'sbom' }]);
  });

  test('more than are read are listed, and more than are listed are counted', async () => {
    const [registry, image] = await Promise.all([startTestRegistry(), makeImage()]);
    await push(image, registry, 'app', '1');
    const content = contentOf(registry);
    content.referrers = async () =>
      Array.from({ length: 1_005 }, (_, number) => ({
        ...descriptor(makeArtifact()),
        digest: sha256(`report ${number}`),
      }));
    const { attached, leftOut } = await readAttached(content, 'app', { digests: [image.digest] });
    expect(attached.map(({ problem }) => problem?.code)).toEqual([
      ...Array.from({ length: 200 }, () => 'notFound'),
      ...Array.from({ length: 800 }, () => 'tooLarge'),
    ]);
    expect(attached.at(-1)?.problem?.reason).toContain('200');
    expect(leftOut).toBe(5);
  });
});
