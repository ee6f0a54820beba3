import type { ContentSource } from '../../content/source.ts';
import { COMMON_FAILURES, RegistryError } from '../../errors.ts';
import type { Descriptor } from '../../model/manifest.ts';
import { holdsClaims } from '../../model/media-types.ts';
import { type AttachedAnswer, readAttached } from '../../trust/attached.ts';
import type { AttachedVia } from '../../vocabulary/attached.ts';
import type { PackageProblemCode, SbomFormat } from '../../vocabulary/packages.ts';
import type { ImagePackage } from '../image-package.ts';
import { Unread } from '../reader.ts';
import { readSbom } from './read.ts';

/** Bytes of a document, which is held while it is read; of a whole distribution with all its files it has some ten million. */
const DOCUMENT_MAX = 64 * 1024 * 1024;
/** SBOMs of one image that are read: it has one or two. */
const READ_MAX = 10;

/** An SBOM that is attached to an image. That it is right is not known, nor who made it. */
interface AttachedSbom {
  /** Of the document. */
  digest: string;
  /** Bytes of the document. */
  size: number;
  /** Of the manifest that holds it. */
  manifest: string;
  via: AttachedVia;
  /** What it is attached to. */
  subject: string;
  format?: SbomFormat;
  version?: string;
  created?: string;
  tool?: string;
  packages: readonly ImagePackage[];
  /** Why it was not read. */
  problem?: { code: PackageProblemCode; reason: string };
}

/** What is attached that lists packages, and what could not be looked for. */
export interface AttachedSboms {
  /** Those of the image before those of its index. */
  sboms: readonly AttachedSbom[];
  /** In English: places that may name more. */
  unseen: readonly string[];
}

/**
 * The SBOMs of an image: those that refer to it or to the index that it was chosen from, those under cosign's tags, and BuildKit's.
 *
 * @throws {RegistryError} what would end every request, and `cancelled`
 */
export async function readAttachedSboms(
  source: ContentSource,
  repository: string,
  {
    image,
    index,
    diffIds,
  }: {
    image: string;
    index?: { digest: string; entries: readonly Descriptor[] } | undefined;
    diffIds: readonly string[];
  },
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<AttachedSboms> {
  const digests = index && index.digest !== image ? [image, index.digest] : [image];
  const answer = await readAttached(source, repository, { digests, ...(index ? { index } : {}) }, { signal });
  const found = candidatesOf(answer).sort((a, b) => digests.indexOf(a.subject) - digests.indexOf(b.subject));
  const sboms: AttachedSbom[] = [];
  for (const [position, candidate] of found.entries()) {
    const { sure, ...one } = candidate;
    try {
      if (position >= READ_MAX) throw new Unread('tooMany', `Only the first ${READ_MAX} are read.`);
      const bytes = await bytesOf(source, repository, one, signal);
      sboms.push({ ...one, ...(await readSbom(bytes, { diffIds, signal })) });
    } catch (error) {
      const problem = problemOf(error, signal);
      // What might have been one and is another document is none.
      if (sure || problem.code !== 'unsupported') sboms.push({ ...one, packages: [], problem });
    }
  }
  const unseen = answer.unseen.map(({ place, problem }) => `${place}: ${problem.reason ?? problem.code}`);
  return { sboms, unseen };
}

type Candidate = Pick<AttachedSbom, 'digest' | 'size' | 'manifest' | 'via' | 'subject'> & { sure: boolean };

function candidatesOf({ attached }: AttachedAnswer): Candidate[] {
  return attached.flatMap(({ documents, digest: manifest, via, subject }) =>
    documents.flatMap(({ digest, size, topic, mediaType, problem }): Candidate[] => {
      const sure = topic === 'sbom';
      // One that is too large for what it claims to be looked at may be one.
      const perhaps = problem?.code === 'tooLarge' && holdsClaims(mediaType);
      return sure || perhaps ? [{ digest, size, manifest, via, subject, sure }] : [];
    }),
  );
}

async function bytesOf(
  source: ContentSource,
  repository: string,
  document: { digest: string; size: number },
  signal: AbortSignal = new AbortController().signal,
): Promise<Buffer> {
  if (document.size > DOCUMENT_MAX)
    throw new Unread('tooLarge', `It has ${document.size} bytes; at most ${DOCUMENT_MAX} are read.`);
  const chunks: Buffer[] = [];
  for await (const chunk of source.openBlob(repository, document)(0, signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function problemOf(
  error: unknown,
  signal: AbortSignal | undefined,
): { code: PackageProblemCode; reason: string } {
  if (error instanceof Unread) return { code: error.code, reason: error.message };
  if (!(error instanceof RegistryError) || COMMON_FAILURES.has(error.code) || signal?.aborted) throw error;
  return { code: 'unread', reason: error.reason ?? error.code };
}
