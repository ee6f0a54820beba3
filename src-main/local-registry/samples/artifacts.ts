import { MEDIA_TYPES } from '../storage/manifest.ts';
import type { Descriptor, SampleBuilder } from './builder.ts';
import { spdxDocument } from './sbom.ts';

/** @see OCI image-spec 1.1, "Guidance for an Empty Descriptor" */
const EMPTY = 'application/vnd.oci.empty.v1+json';

const POLICIES = 'harbour/policies';
const POLICY_TAGS = ['2026.1', 'current'];

/** An artifact that is no image: two policy files. */
export async function seedPolicies(builder: SampleBuilder): Promise<void> {
  const config = await builder.jsonBlob(POLICIES, EMPTY, {});
  const files = {
    'retention.json': { keepTags: ['latest', 'stable'], keepLast: 10, olderThanDays: 90 },
    'signing.json': { require: true, issuers: ['https://issuer.example'] },
  };
  const layers: Descriptor[] = [];
  for (const [title, policy] of Object.entries(files)) {
    const blob = await builder.jsonBlob(POLICIES, 'application/vnd.harbour.policy.v1+json', policy);
    layers.push({ ...blob, annotations: { 'org.opencontainers.image.title': title } });
  }
  const value = {
    artifactType: 'application/vnd.harbour.policy.bundle.v1',
    config,
    layers,
    annotations: {
      'org.opencontainers.image.created': '2026-02-02T12:00:00Z',
      'org.opencontainers.image.description': 'Policies of the harbour registries',
    },
  };
  const artifact = await builder.manifest(POLICIES, MEDIA_TYPES.ociManifest, value, POLICY_TAGS);
  builder.list(POLICIES, artifact, 'artifact', POLICY_TAGS);
}

/** An SBOM that refers to an image: a manifest without a tag, found through the referrers API. */
export async function seedSbom(
  builder: SampleBuilder,
  repository: string,
  { mediaType, digest, size }: Descriptor,
): Promise<void> {
  const created = '2026-06-23T08:20:00Z';
  const document = spdxDocument(`${repository}@${digest}`, '1.4.2', created);
  const config = await builder.jsonBlob(repository, EMPTY, {});
  const blob = await builder.jsonBlob(repository, 'application/spdx+json', document);
  const artifact = await builder.manifest(repository, MEDIA_TYPES.ociManifest, {
    artifactType: 'application/spdx+json',
    config,
    layers: [{ ...blob, annotations: { 'org.opencontainers.image.title': 'sbom.spdx.json' } }],
    subject: { mediaType, digest, size },
    annotations: { 'org.opencontainers.image.created': created },
  });
  builder.list(repository, artifact, 'artifact', []);
}
