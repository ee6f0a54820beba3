import type { DocumentTopic } from '../vocabulary/attached.ts';

/** What a document is about, and the format of it where that has a name. */
export interface Topic {
  topic: DocumentTopic;
  format?: string;
}

const SPDX: Topic = { topic: 'sbom', format: 'SPDX' };
const CYCLONEDX: Topic = { topic: 'sbom', format: 'CycloneDX' };
const SIGNATURE: Topic = { topic: 'signature' };
const NOTATION: Topic = { topic: 'signature', format: 'Notation' };
const COSIGN: Topic = { topic: 'signature', format: 'Cosign' };

/** Beginnings of predicate types: what follows is a version. The first that fits counts. */
const PREDICATES: readonly (readonly [string, Topic])[] = [
  ['https://slsa.dev/provenance/', { topic: 'provenance', format: 'SLSA' }],
  ['https://in-toto.io/Provenance/', { topic: 'provenance', format: 'SLSA' }],
  ['https://slsa.dev/verification_summary/', { topic: 'verification', format: 'SLSA' }],
  ['https://spdx.dev/Document', SPDX],
  ['https://cyclonedx.org/', CYCLONEDX],
  ['cosign.sigstore.dev/attestation/vuln/', { topic: 'scan', format: 'Cosign' }],
  ['https://cosign.sigstore.dev/attestation/vuln/', { topic: 'scan', format: 'Cosign' }],
  ['https://in-toto.io/attestation/vulns', { topic: 'scan', format: 'in-toto' }],
  ['https://openvex.dev/ns', { topic: 'exploitability', format: 'OpenVEX' }],
  ['https://in-toto.io/attestation/test-result/', { topic: 'testResult', format: 'in-toto' }],
  ['https://sigstore.dev/cosign/sign/', COSIGN],
];

/** Types of artifacts and of their blobs, without what follows them (`+json`, versions). The first that fits counts. */
const TYPES: readonly (readonly [RegExp, Topic])[] = [
  [/^application\/vnd\.cncf\.notary\.signature/, NOTATION],
  [/^application\/vnd\.dev\.cosign\.(?:artifact\.sig|simplesigning)\./, COSIGN],
  [/^(?:application|text)\/spdx\b/, SPDX],
  [/^application\/vnd\.cyclonedx\b/, CYCLONEDX],
  [/^application\/vnd\.syft\b/, { topic: 'sbom', format: 'Syft' }],
  [/^application\/sarif\b/, { topic: 'scan', format: 'SARIF' }],
  [/^application\/vnd\.aquasec\.trivy\.report\./, { topic: 'scan', format: 'Trivy' }],
  [/^application\/vnd\.security\.vulnerability\.report\b/, { topic: 'scan' }],
  [/^application\/vnd\.openvex\b/, { topic: 'exploitability', format: 'OpenVEX' }],
  [/^application\/(?:jose\+json|cose)$/, SIGNATURE],
  [/^application\/pgp-signature$/, SIGNATURE],
];

const OTHER: Topic = { topic: 'other' };

/** What a statement of this predicate type is about. */
export function topicOfPredicate(predicateType: string): Topic {
  return PREDICATES.find(([beginning]) => predicateType.startsWith(beginning))?.[1] ?? OTHER;
}

/** What an artifact or a blob of it is about, by the type of it that says most. */
export function topicOfTypes(...types: readonly string[]): Topic {
  return TYPES.find(([pattern]) => types.some((type) => pattern.test(type)))?.[1] ?? OTHER;
}
