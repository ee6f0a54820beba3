import { MEDIA_TYPES } from '../storage/manifest.ts';
import type { Descriptor, SampleBuilder } from './builder.ts';
import { spdxDocument } from './sbom.ts';

const IN_TOTO = 'application/vnd.in-toto+json';
const SPDX = 'https://spdx.dev/Document';
const PROVENANCE = 'https://slsa.dev/provenance/v0.2';

/**
 * The attestation manifest BuildKit puts beside an image in its index: an SBOM and the provenance, as in-toto statements.
 *
 * @see BuildKit, docs/attestations/attestation-storage.md
 */
export async function attest(
  builder: SampleBuilder,
  repository: string,
  image: Descriptor,
  { version, created }: { version: string; created: string },
): Promise<Descriptor> {
  const architecture = image.platform?.architecture ?? '';
  const subject = [
    {
      name: `pkg:docker/${repository}@${version}?platform=linux%2F${architecture}`,
      digest: { sha256: image.digest.replace('sha256:', '') },
    },
  ];
  const predicates = [
    [SPDX, spdxDocument(`${repository}:${version}`, version, created)],
    [PROVENANCE, provenance(architecture, created)],
  ] as const;
  const layers: Descriptor[] = [];
  for (const [predicateType, predicate] of predicates) {
    const statement = { _type: 'https://in-toto.io/Statement/v0.1', predicateType, subject, predicate };
    const blob = await builder.jsonBlob(repository, IN_TOTO, statement);
    layers.push({ ...blob, annotations: { 'in-toto.io/predicate-type': predicateType } });
  }
  const config = await builder.jsonBlob(repository, 'application/vnd.oci.image.config.v1+json', {
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
  const manifest = await builder.manifest(repository, MEDIA_TYPES.ociManifest, { config, layers });
  return {
    ...manifest,
    annotations: {
      'vnd.docker.reference.digest': image.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
    platform: { architecture: 'unknown', os: 'unknown' },
  };
}

function provenance(architecture: string, created: string): unknown {
  return {
    builder: { id: 'https://ci.example/builders/harbour' },
    buildType: 'https://mobyproject.org/buildkit@v1',
    materials: [{ uri: `pkg:docker/harbour-minirootfs@3.21.2?platform=linux%2F${architecture}` }],
    invocation: {
      configSource: { entryPoint: 'Dockerfile' },
      parameters: {
        frontend: 'dockerfile.v0',
        args: {},
        locals: [{ name: 'context' }, { name: 'dockerfile' }],
      },
      environment: { platform: `linux/${architecture}` },
    },
    metadata: {
      buildInvocationID: `harbour-${architecture}-${created.slice(0, 10)}`,
      buildStartedOn: created,
      buildFinishedOn: created,
      completeness: { parameters: true, environment: true, materials: false },
      reproducible: false,
    },
  };
}
