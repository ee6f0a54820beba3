import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import { dsseOf, makeAttached, PROVENANCE_1, statementOf } from '../support/attached.ts';
import { makeArtifact, makeImage, mediaTypes, type TestManifest } from '../support/images.ts';
import { store } from './fixtures.ts';

const DSSE = 'application/vnd.dsse.envelope.v1+json';

/** What is attached to `REPOSITORY:1.0`, by what it is. */
export interface Attested {
  readonly image: TestManifest;
  readonly provenance: TestManifest;
  readonly scan: TestManifest;
  readonly signature: TestManifest;
  /** One document is no JSON, one speaks of another image. */
  readonly odd: TestManifest;
}

/** An image with a provenance, a vulnerability scan, a signature under cosign's tag, and what cannot all be read. */
export async function storeAttested(
  registry: Pick<LocalRegistry, 'storage'>,
  repository: string,
): Promise<Attested> {
  const image = await makeImage({ name: 'attested', layers: { base: 60_000, attested: 5_000 } });
  const other = makeArtifact({ content: Buffer.from('another image') });
  const created = { 'org.opencontainers.image.created': '2026-05-01T10:05:00Z' };
  const provenance = makeAttached({
    artifactType: mediaTypes.inToto,
    subject: image,
    annotations: created,
    documents: [
      {
        mediaType: DSSE,
        content: dsseOf(statementOf('https://slsa.dev/provenance/v1', PROVENANCE_1, image)),
      },
    ],
  });
  const scanned = {
    scanner: { uri: 'pkg:github/aquasecurity/trivy', version: '0.50.0', result: [{}, {}, {}] },
    metadata: { scanFinishedOn: '2026-05-02T08:00:00Z' },
  };
  const scan = makeAttached({
    artifactType: mediaTypes.inToto,
    subject: image,
    documents: [
      {
        mediaType: DSSE,
        content: dsseOf(statementOf('https://cosign.sigstore.dev/attestation/vuln/v1', scanned, image)),
      },
    ],
  });
  const signature = makeAttached({
    documents: [
      {
        mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
        content: {
          critical: {
            identity: { 'docker-reference': `registry.example/${repository}` },
            image: { 'docker-manifest-digest': image.digest },
          },
        },
        annotations: { 'dev.cosignproject.cosign/signature': 'MEUCIQ==' },
      },
    ],
  });
  const odd = makeAttached({
    artifactType: mediaTypes.inToto,
    subject: image,
    documents: [
      { mediaType: mediaTypes.inToto, content: Buffer.from('{ no JSON') },
      { mediaType: mediaTypes.inToto, content: statementOf('https://example.org/review', {}, other) },
    ],
  });
  await store(registry, repository, image, ['1.0']);
  for (const one of [provenance, scan, odd]) await store(registry, repository, one);
  await store(registry, repository, signature, [`${image.digest.replace(':', '-')}.sig`]);
  return { image, provenance, scan, signature, odd };
}
