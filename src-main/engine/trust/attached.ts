import type { ContentSource } from '../content/source.ts';
import type { CallOptions } from '../endpoints/options.ts';
import type { Referrer } from '../endpoints/referrers.ts';
import { COMMON_FAILURES, orMissing, RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { cosignTags } from '../model/attached-tags.ts';
import { artifactTypeOf, attestedDigest, isAttestation } from '../model/kind.ts';
import { type Annotations, type Descriptor, type Manifest, parseManifest } from '../model/manifest.ts';
import { isImageConfigType } from '../model/media-types.ts';
import type { AttachedKind, AttachedVia, DocumentTopic } from '../vocabulary/attached.ts';
import { type AttachedDocument, documentOf, isReadable, readDocument } from './document.ts';
import { topicOfTypes } from './topic.ts';

/** Attached manifests that are listed; a busy image has some dozens. */
const LISTED_MAX = 1_000;
/** Of those, how many are read: each costs two requests, and at some registries a pull. */
const READ_MAX = 200;
/** Blobs of one attached manifest. */
const DOCUMENTS_MAX = 50;
/** Bytes of a document that is read; a provenance with all that a build did has some hundred thousand. */
const DOCUMENT_MAX = 2 * 1024 * 1024;
/** Bytes of all documents of one answer. */
const TOTAL_MAX = 32 * 1024 * 1024;
/** Manifests read at a time. */
const READS = 6;

const CREATED = 'org.opencontainers.image.created';

/** A manifest that is attached to another one. That it is there is all that is known: nothing of it is verified. */
export interface AttachedManifest {
  digest: string;
  mediaType: string;
  /** Bytes of the manifest itself. */
  size: number;
  artifactType?: string;
  kind: AttachedKind;
  via: AttachedVia;
  /** The tag that it, or the list that names it, was found under. */
  tag?: string;
  /** What it is attached to. */
  subject: string;
  created?: string;
  annotations: Annotations;
  documents: readonly AttachedDocument[];
  /** Why it could not be read; what is reported then is what lists say of it. */
  problem?: RegistryError;
}

/** What is attached, and what could not be looked for. */
export interface AttachedAnswer {
  attached: readonly AttachedManifest[];
  /** Places that may name more and could not be read. */
  unseen: readonly { place: string; problem: RegistryError }[];
  /** How many more there are. */
  leftOut: number;
}

/**
 * Reads what is attached to manifests of one image: what names one of them as its subject (by the API of referrers or the list under
 * a tag), what cosign put under tags, and BuildKit's attestations in an index of the image. What cannot be read says so in its place.
 *
 * @param digests manifests that things may be attached to: an index, a child of it
 * @param index the entries of the image's index, of which the attestations of `digests` (or all, of the index itself) are taken
 * @throws {RegistryError} what would end every request, and `cancelled`
 * @see OCI distribution-spec 1.1, "Listing Referrers"; BuildKit, "Image attestation storage"; cosign, "Signature specification"
 */
export async function readAttached(
  source: ContentSource,
  repository: string,
  {
    digests,
    index,
  }: { digests: readonly string[]; index?: { digest: string; entries: readonly Descriptor[] } },
  { signal }: CallOptions = {},
): Promise<AttachedAnswer> {
  const unseen: { place: string; problem: RegistryError }[] = [];
  const found: AttachedManifest[] = [];
  const look = async <T>(place: string, asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      const problem = tolerated(error, signal);
      if (COMMON_FAILURES.has(problem.code)) throw problem;
      unseen.push({ place, problem });
      return undefined;
    }
  };
  await forEachLimit(
    digests,
    digests.length,
    async (subject, stop) => {
      for (const one of (await look(subject, source.referrers(repository, subject, stop))) ?? [])
        found.push(listed(one, subject));
      for (const { tag, artifactType } of cosignTags(subject)) {
        const head = await look(tag, orMissing(source.head(repository, tag, stop)));
        if (head) found.push({ ...listed({ ...head, artifactType }, subject), via: 'tag', tag });
      }
    },
    signal,
  );
  for (const entry of index?.entries ?? []) {
    const subject = attestedDigest(entry) ?? index?.digest ?? '';
    const asked = digests.includes(subject) || (digests.length === 1 && digests[0] === index?.digest);
    if (isAttestation(entry) && asked)
      found.push({ ...listed(entry, subject), via: 'index', kind: 'attestation' });
  }
  const all = [...new Map(found.map((one) => [`${one.digest} ${one.subject}`, one])).values()];
  const attached = all.slice(0, LISTED_MAX);
  const budget = { left: TOTAL_MAX };
  await forEachLimit(
    attached.entries(),
    READS,
    async ([position, one], stop) => {
      attached[position] =
        position < READ_MAX
          ? await readOne(source, repository, one, budget, stop)
          : { ...one, problem: tooMuch(`Only the first ${READ_MAX} are read.`) };
    },
    signal,
  );
  return { attached, unseen, leftOut: all.length - attached.length };
}

function listed({ listedUnder, ...entry }: Referrer, subject: string): AttachedManifest {
  const { digest, mediaType, size, artifactType, annotations = {} } = entry;
  const created = annotations[CREATED];
  return {
    digest,
    mediaType,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    kind: attachedKindOf(artifactType ?? ''),
    via: listedUnder === undefined ? 'subject' : 'tag',
    ...(listedUnder === undefined ? {} : { tag: listedUnder }),
    subject,
    ...(created === undefined ? {} : { created }),
    annotations,
    documents: [],
  };
}

/** With what its manifest and its documents say. */
async function readOne(
  source: ContentSource,
  repository: string,
  one: AttachedManifest,
  budget: { left: number },
  signal: AbortSignal,
): Promise<AttachedManifest> {
  let manifest: Manifest;
  let size: number;
  try {
    const raw = await source.get(repository, one.digest, signal);
    size = raw.bytes.byteLength;
    manifest = parseManifest(raw);
  } catch (error) {
    return { ...one, problem: tolerated(error, signal) };
  }
  if (manifest.kind !== 'image') return { ...one, size };
  // Cosign's own tags say more than the type of an image's config, which it gives what it puts there.
  const artifactType = one.via === 'tag' && one.artifactType ? one.artifactType : artifactTypeOf(manifest);
  const documents: AttachedDocument[] = [];
  for (const layer of manifest.layers.slice(0, DOCUMENTS_MAX))
    documents.push(await readLayer(source, repository, layer, { artifactType, budget, signal }));
  const created = one.created ?? manifest.annotations[CREATED] ?? dated(documents);
  const more = manifest.layers.length - documents.length;
  return {
    ...one,
    size,
    // The config of an image says nothing of what is attached.
    ...(isImageConfigType(artifactType) ? {} : { artifactType }),
    kind: kindOf(documents, one, artifactType),
    ...(created === undefined ? {} : { created }),
    annotations: { ...one.annotations, ...manifest.annotations },
    documents,
    ...(more > 0 ? { problem: tooMuch(`It has ${more} more blobs; ${DOCUMENTS_MAX} are shown.`) } : {}),
  };
}

async function readLayer(
  source: ContentSource,
  repository: string,
  layer: Descriptor,
  { artifactType, budget, signal }: { artifactType: string; budget: { left: number }; signal: AbortSignal },
): Promise<AttachedDocument> {
  const document = documentOf(layer, artifactType);
  if (!isReadable(document)) return document;
  if (layer.size > Math.min(DOCUMENT_MAX, budget.left)) {
    if (document.topic === 'sbom') return document;
    const most = Math.min(DOCUMENT_MAX, budget.left);
    return { ...document, problem: tooMuch(`It has ${layer.size} bytes; at most ${most} are read.`) };
  }
  budget.left -= layer.size;
  try {
    return readDocument(document, await source.blob(repository, layer, signal), artifactType);
  } catch (error) {
    return { ...document, problem: tolerated(error, signal) };
  }
}

const KIND_OF: Readonly<Record<DocumentTopic, AttachedKind>> = {
  signature: 'signature',
  sbom: 'sbom',
  scan: 'scan',
  provenance: 'attestation',
  exploitability: 'attestation',
  testResult: 'attestation',
  verification: 'attestation',
  other: 'other',
};

/** Types of artifacts that hold statements, of whatever. */
const STATEMENTS = /\.(?:att|dsse)\b|in-toto/;

/** What a manifest of this artifact type is to the one that it is attached to, without having been read. */
export function attachedKindOf(artifactType: string): AttachedKind {
  const kind = KIND_OF[topicOfTypes(artifactType).topic];
  return kind === 'other' && STATEMENTS.test(artifactType) ? 'attestation' : kind;
}

/** What all its documents are; those that differ, and statements of unknown predicates, are attestations. */
function kindOf(
  documents: readonly AttachedDocument[],
  { kind }: AttachedManifest,
  artifactType: string,
): AttachedKind {
  const topics = new Set(documents.map(({ topic }) => topic));
  const [only = 'other'] = topics;
  if (topics.size > 1) return documents.some(({ predicateType }) => predicateType) ? 'attestation' : kind;
  if (only !== 'other') return KIND_OF[only];
  const states = documents.some(({ predicateType, subjects }) => predicateType ?? subjects.length > 0);
  if (states || STATEMENTS.test(artifactType)) return 'attestation';
  return kind;
}

/** When its documents say that they were made. */
function dated(documents: readonly AttachedDocument[]): string | undefined {
  return documents.map(({ claims }) => claims.finished ?? claims.started).find((time) => time !== undefined);
}

function tooMuch(reason: string): RegistryError {
  return new RegistryError('tooLarge', '', { reason });
}

/** What fails one of many. @throws what is no failure of a registry, and cancelling */
function tolerated(error: unknown, signal: AbortSignal | undefined): RegistryError {
  if (!(error instanceof RegistryError) || error.code === 'cancelled' || signal?.aborted) throw error;
  return error;
}
