import { isDigest } from './digest.ts';
import { parseJson } from './json.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from './json-fields.ts';

/** What in-toto's statements begin with, whatever their version. */
const STATEMENT_TYPE = 'https://in-toto.io/Statement/';
/** Signatures and certificates of one document that are looked at. */
const SIGNATURES_MAX = 20;
/** Subjects of one statement that are kept; images have one for each name. */
const SUBJECTS_MAX = 100;

/** What a statement speaks of. */
export interface StatementSubject {
  name: string;
  /** Absent where it names none that we can check. */
  digest?: string;
}

/** An in-toto statement: what it claims, of what. Nothing of it is verified. @see in-toto attestation framework, "Statement" */
export interface Statement {
  predicateType: string;
  /** The first hundred. */
  subjects: readonly StatementSubject[];
  predicate: JsonObject;
}

/** A document as it was attached: a statement, bare or in an envelope, or a signature. */
export interface Envelope {
  /** The document itself, parsed. */
  document: JsonObject;
  /** What it holds, where that is a statement. */
  statement?: Statement;
  /** Certificates of the signatures, as DER. */
  certificates: readonly Uint8Array[];
}

/**
 * Reads a document that was attached to a manifest: an in-toto statement, a DSSE envelope around one, or a bundle of sigstore
 * around that.
 *
 * @param parse for documents that are larger than a registry's usual ones
 * @throws {SyntaxError}, {@link JsonTooLarge} and what `parse` throws
 * @see DSSE, "Envelope"; sigstore's protobuf-specs, "sigstore_bundle.proto"
 */
export function readEnvelope(bytes: Uint8Array, parse: (bytes: Uint8Array) => unknown = parseJson): Envelope {
  const document = parse(bytes);
  if (!isObject(document)) throw new SyntaxError('It is not a JSON object.');
  const dsse = isObject(document.dsseEnvelope) ? document.dsseEnvelope : document;
  const signatures = listOf(dsse.signatures).slice(0, SIGNATURES_MAX).map(objectOf);
  const statement = readStatement(isPayload(dsse) ? parse(Buffer.from(dsse.payload, 'base64')) : dsse);
  return {
    document,
    ...(statement ? { statement } : {}),
    certificates: [
      ...certificatesOfBundle(document),
      ...signatures.flatMap(({ cert }) => certificateOf(cert)),
    ],
  };
}

function isPayload(envelope: JsonObject): envelope is JsonObject & { payload: string } {
  return typeof envelope.payload === 'string' && typeof envelope.payloadType === 'string';
}

function readStatement(value: unknown): Statement | undefined {
  if (!isObject(value) || !textOf(value._type)?.startsWith(STATEMENT_TYPE)) return undefined;
  return {
    predicateType: textOf(value.predicateType, 1_000) ?? '',
    subjects: listOf(value.subject).slice(0, SUBJECTS_MAX).map(readSubject),
    predicate: objectOf(value.predicate),
  };
}

function readSubject(value: unknown): StatementSubject {
  const { name, digest } = objectOf(value);
  const hashes = objectOf(digest);
  const found = ['sha256', 'sha512'].map((algorithm) => `${algorithm}:${hashes[algorithm]}`).find(isDigest);
  return { name: textOf(name, 1_000) ?? '', ...(found === undefined ? {} : { digest: found }) };
}

function certificatesOfBundle({ verificationMaterial }: JsonObject): Uint8Array[] {
  const { certificate, x509CertificateChain } = objectOf(verificationMaterial);
  const [first] = listOf(objectOf(x509CertificateChain).certificates);
  return [certificate, first].flatMap((each) => {
    const raw = textOf(objectOf(each).rawBytes);
    return raw === undefined ? [] : [Buffer.from(raw, 'base64')];
  });
}

function certificateOf(pem: unknown): Uint8Array[] {
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(textOf(pem) ?? '')?.[1];
  return body === undefined ? [] : [Buffer.from(body, 'base64')];
}
