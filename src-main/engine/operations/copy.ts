import { blobSource, headBlob } from '../endpoints/blobs.ts';
import { putManifest } from '../endpoints/manifests.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { uploadBlob } from '../endpoints/uploads.ts';
import { RegistryError, type Side } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { isDigest } from '../model/digest.ts';
import { type Descriptor, type ManifestHead, parseManifest, type RawManifest } from '../model/manifest.ts';
import { checkManifestReference, checkRepository, checkTag } from '../model/reference.ts';
import { type CopyProgress, Progress } from './copy-progress.ts';
import { forEachLimit } from './for-each-limit.ts';
import { graph, type ManifestGraph } from './graph.ts';
import type { ManifestReader } from './reader.ts';

/** Blobs looked for at the target at a time. */
const HEADS = 8;
/** Blobs in flight in one copy: fills a line 50 ms away and leaves a small registry breathing. */
const DEFAULT_CONCURRENCY = 4;

export interface CopySource {
  client: RegistryClient;
  reader: ManifestReader;
  repository: string;
  /** Tag or digest. */
  reference: string;
}

export interface CopyTarget {
  client: RegistryClient;
  reader: ManifestReader;
  repository: string;
  tag: string;
}

interface PlannedBlob {
  descriptor: Descriptor;
  /** `mount`: the target registry has it in another repository; sent where it does not mount it. */
  state: 'present' | 'mount' | 'send';
  /** Repository of the target registry to mount from. */
  from?: string;
}

/** What a copy would do; nothing was changed to make it. */
export interface CopyPlanData {
  source: CopySource;
  target: CopyTarget;
  root: ManifestHead;
  /** Children before parents, the root last. Only the root where the target has it, and so its children, already. */
  manifestsBottomUp: readonly RawManifest[];
  blobs: readonly PlannedBlob[];
  /** What the target tag points at now; absent where there is no such tag. */
  replaces?: string;
  /** The target tag points at this digest already: nothing is to be done. */
  unchanged: boolean;
}

export interface CopyResult {
  digest: string;
  bytesSent: number;
  bytesMounted: number;
  bytesPresent: number;
  seconds: number;
}

/**
 * Plans a copy of an image with all its platforms. An unchanged tag costs two HEADs; a source named by digest saves one.
 *
 * @throws {RegistryError} with `side`; `unsupported` for schema 1 and for manifests whose parts we do not know.
 */
export async function planCopy(
  source: CopySource,
  target: CopyTarget,
  sameRegistry: boolean,
  { signal }: CallOptions = {},
): Promise<CopyPlanData> {
  checkRepository(source.repository);
  checkManifestReference(source.reference);
  checkRepository(target.repository);
  checkTag(target.tag);
  const [wanted, current] = await Promise.all([
    on('source', () => digestOfSource(source, signal)),
    on('target', () => orMissing(target.reader.head(target.repository, target.tag, signal))),
  ]);
  const replaces = current && { replaces: current.digest };
  if (current?.digest === wanted)
    return { source, target, root: current, manifestsBottomUp: [], blobs: [], ...replaces, unchanged: true };

  const raw = await on('source', () => source.reader.get(source.repository, wanted, signal));
  const root = { digest: raw.digest, mediaType: raw.mediaType, size: raw.bytes.byteLength };
  checkCopyable(raw);
  const within = sameRegistry && source.repository === target.repository;
  const whole = await on('source', () => graph(source.reader, source.repository, raw, { signal }));
  // What a repository holds by digest, it holds with all its parts.
  const held =
    within ||
    (await on('target', () => orMissing(target.reader.head(target.repository, wanted, signal)))) !==
      undefined;
  const blobs = held ? whole.blobs.map(present) : await lookFor(whole, source, target, sameRegistry, signal);
  return {
    source,
    target,
    root,
    manifestsBottomUp: held ? [raw] : whole.manifests,
    blobs,
    ...replaces,
    unchanged: false,
  };
}

/** Plans a second tag on a manifest of the same repository: no blob moves, the manifest's bytes are kept. */
export function planRetag(side: CopySource, tag: string, options: CallOptions = {}): Promise<CopyPlanData> {
  const { client, reader, repository } = side;
  return planCopy(side, { client, reader, repository, tag }, true, options);
}

/**
 * Runs a plan: blobs first (streamed, verified, in parallel), then children before parents, the tag last, so that nothing
 * ever points at missing content. Safe to repeat; a finished plan run again changes nothing.
 *
 * @throws {RegistryError} with `side`. Nothing is tagged then.
 */
export async function runCopy(
  plan: CopyPlanData,
  {
    signal,
    report,
    concurrency = DEFAULT_CONCURRENCY,
  }: CallOptions & { report?: (progress: CopyProgress) => void; concurrency?: number } = {},
): Promise<CopyResult> {
  const started = performance.now();
  const progress = new Progress(plan, report);
  if (!plan.unchanged) {
    await transferBlobs(plan, progress, concurrency, signal);
    await on('target', () => writeManifests(plan, progress, concurrency, signal));
  }
  progress.finish();
  const { bytesSent, bytesMounted, bytesPresent } = progress.snapshot();
  const seconds = (performance.now() - started) / 1000;
  return { digest: plan.root.digest, bytesSent, bytesMounted, bytesPresent, seconds };
}

async function transferBlobs(
  plan: CopyPlanData,
  progress: Progress,
  concurrency: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  progress.tell();
  const missing = plan.blobs.filter(({ state }) => state !== 'present');
  await forEachLimit(
    missing,
    concurrency,
    async (blob, stop) => {
      const outcome = await on('target', () => transfer(plan, blob, progress, stop));
      if (outcome === 'mounted') progress.mounted(blob.descriptor.size);
      progress.blobDone();
    },
    signal,
  );
}

function transfer(
  { source, target }: CopyPlanData,
  { descriptor, from }: PlannedBlob,
  progress: Progress,
  signal: AbortSignal,
): Promise<'mounted' | 'sent'> {
  const open = blobSource(source.client, source.repository, descriptor);
  return uploadBlob(target.client, target.repository, descriptor, open, {
    signal,
    onBytes: (bytes) => progress.sent(bytes),
    ...(from === undefined ? {} : { mountFrom: from }),
  });
}

/** Puts the manifests in their order. Where the registry misses a part that it claimed to have, all parts are sent once. */
async function writeManifests(
  plan: CopyPlanData,
  progress: Progress,
  concurrency: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await putAll(plan, plan.manifestsBottomUp, progress, signal);
  } catch (error) {
    if (!(error instanceof RegistryError) || !missesParts(error)) throw error;
    const { source, target } = plan;
    const raw = await on('source', () => source.reader.get(source.repository, plan.root.digest, signal));
    const whole = await on('source', () => graph(source.reader, source.repository, raw, { signal }));
    const blobs = await lookFor(whole, source, target, false, signal);
    await transferBlobs({ ...plan, blobs }, progress, concurrency, signal);
    await putAll(plan, whole.manifests, progress, signal);
  }
}

async function putAll(
  { target, root }: CopyPlanData,
  manifests: readonly RawManifest[],
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<void> {
  progress.begin(manifests.length);
  for (const manifest of manifests) {
    const reference = manifest.digest === root.digest ? target.tag : manifest.digest;
    await putManifest(target.client, target.repository, reference, manifest, { signal });
    progress.manifestDone();
  }
}

const MISSING_PARTS = new Set(['MANIFEST_BLOB_UNKNOWN', 'BLOB_UNKNOWN', 'MANIFEST_UNKNOWN']);

const missesParts = (error: RegistryError): boolean =>
  error.status !== undefined && error.registryCodes.some((code) => MISSING_PARTS.has(code));

async function digestOfSource(source: CopySource, signal: AbortSignal | undefined): Promise<string> {
  if (isDigest(source.reference)) return source.reference;
  return (await source.reader.head(source.repository, source.reference, signal)).digest;
}

function checkCopyable(raw: RawManifest): void {
  const { kind } = parseManifest(raw);
  const refuse = (reason: string): RegistryError =>
    new RegistryError('unsupported', '', { reason, side: 'source' });
  if (kind === 'schema1')
    throw refuse(
      'This is an image of the first kind (schema 1); a copy could not keep its signatures and digest.',
    );
  if (kind === 'unknown')
    throw refuse(`The parts of a manifest of the type ${raw.mediaType.slice(0, 120)} are not known.`);
}

async function lookFor(
  { blobs, manifests }: ManifestGraph,
  source: CopySource,
  target: CopyTarget,
  sameRegistry: boolean,
  signal: AbortSignal | undefined,
): Promise<PlannedBlob[]> {
  for (const manifest of manifests) checkCopyable(manifest);
  const planned = new Map<string, PlannedBlob>();
  await forEachLimit(
    blobs,
    HEADS,
    async (descriptor, stop) => {
      const found = await on('target', () =>
        headBlob(target.client, target.repository, descriptor.digest, { signal: stop }),
      );
      planned.set(
        descriptor.digest,
        found
          ? present(descriptor)
          : sameRegistry
            ? { descriptor, state: 'mount', from: source.repository }
            : { descriptor, state: 'send' },
      );
    },
    signal,
  );
  return blobs.flatMap(({ digest }) => planned.get(digest) ?? []);
}

const present = (descriptor: Descriptor): PlannedBlob => ({ descriptor, state: 'present' });

async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}

async function on<T>(side: Side, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RegistryError ? error.on(side) : error;
  }
}
