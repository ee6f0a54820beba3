import { RegistryError } from '../errors.ts';
import { JsonTooLarge } from '../model/json.ts';
import { objectOf, textOf } from '../model/json-fields.ts';
import type { Descriptor } from '../model/manifest.ts';
import { holdsClaims } from '../model/media-types.ts';
import { type Envelope, readEnvelope, type StatementSubject } from '../model/statement.ts';
import type { DocumentTopic } from '../vocabulary/attached.ts';
import { type Claims, claimsOf } from './claims.ts';
import { signerOf, signerOfJws } from './signer.ts';
import { type Topic, topicOfPredicate, topicOfTypes } from './topic.ts';

/** Where BuildKit and cosign write what a statement is about, beside the statement. */
const PREDICATE_TYPES = ['in-toto.io/predicate-type', 'predicateType', 'dev.sigstore.bundle.predicateType'];
const TITLE = 'org.opencontainers.image.title';
const CERTIFICATES = ['dev.sigstore.cosign/certificate'];

/** One blob of what is attached, and what it says where it says something. Nothing of it is verified. */
export interface AttachedDocument {
  digest: string;
  size: number;
  mediaType: string;
  /** A file name. */
  title?: string;
  topic: DocumentTopic;
  /** The name of its format. */
  format?: string;
  predicateType?: string;
  subjects: readonly StatementSubject[];
  claims: Claims;
  /** Whom the certificates of its signatures name. */
  signers: readonly string[];
  /** Why it could not be read. */
  problem?: RegistryError;
}

/** What is known of a document without reading it. */
export function documentOf(layer: Descriptor, artifactType: string): AttachedDocument {
  const { digest, size, mediaType, annotations = {} } = layer;
  const title = annotations[TITLE];
  const predicateType = PREDICATE_TYPES.map((name) => annotations[name]).find((type) => type !== undefined);
  return {
    digest,
    size,
    mediaType,
    ...(title === undefined ? {} : { title }),
    ...topicOf(predicateType, mediaType, artifactType),
    ...(predicateType === undefined ? {} : { predicateType }),
    subjects: [],
    claims: {},
    signers: CERTIFICATES.flatMap((name) => signerOf(annotations[name] ?? '') ?? []),
  };
}

/** Whether reading a document can say more than its types do. */
export function isReadable({ mediaType, predicateType }: AttachedDocument): boolean {
  return holdsClaims(mediaType) || predicateType !== undefined;
}

/** With what its bytes say. What cannot be read keeps its problem. */
export function readDocument(
  document: AttachedDocument,
  bytes: Uint8Array,
  artifactType: string,
): AttachedDocument {
  let envelope: Envelope;
  try {
    envelope = readEnvelope(bytes);
  } catch (cause) {
    // A long list of packages is known by its type; what it holds is read elsewhere.
    if (cause instanceof JsonTooLarge && document.topic === 'sbom') return document;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { ...document, problem: new RegistryError('invalidResponse', '', { reason, cause }) };
  }
  const { statement, certificates } = envelope;
  const predicateType = statement?.predicateType || document.predicateType;
  const signers = [
    ...document.signers,
    ...certificates.flatMap((certificate) => signerOf(certificate) ?? []),
    ...(document.mediaType === 'application/jose+json' ? [signerOfJws(envelope.document) ?? []].flat() : []),
  ];
  return {
    ...document,
    ...topicOf(predicateType, document.mediaType, artifactType),
    ...(predicateType === undefined ? {} : { predicateType }),
    subjects: statement?.subjects ?? signedSubject(envelope),
    claims: statement ? claimsOf(statement) : {},
    signers: [...new Set(signers)],
  };
}

function topicOf(predicateType: string | undefined, mediaType: string, artifactType: string): Topic {
  const byPredicate = predicateType === undefined ? undefined : topicOfPredicate(predicateType);
  if (byPredicate && byPredicate.topic !== 'other') return byPredicate;
  return topicOfTypes(mediaType, artifactType);
}

/** What a signature of cosign is on. @see cosign, "Simple signing" */
function signedSubject({ document }: Envelope): StatementSubject[] {
  const { identity, image } = objectOf(document.critical);
  const digest = textOf(objectOf(image)['docker-manifest-digest']);
  if (digest === undefined) return [];
  return [{ name: textOf(objectOf(identity)['docker-reference']) ?? '', digest }];
}
