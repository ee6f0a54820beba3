import { createHash } from 'node:crypto';
import { decompressed } from '../content/compression.ts';
import { goOn } from '../content/file-errors.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import type { Descriptor } from '../model/manifest.ts';
import { Turns } from '../turns.ts';
import type { VisitEntry } from './entry.ts';
import { TarReader } from './tar-reader.ts';
import type { LayerWarning } from './warnings.ts';

interface WalkLimits {
  /** Bytes of a layer without its compression. */
  total: number;
  /** Bytes that come out of each byte that goes in. */
  ratio: number;
  /** Bytes that may come out in whatever ratio: what small layers of zeros have. */
  free: number;
}

/** A terabyte; gzip makes up to 1,032 bytes of one, real layers some three, of zeros and text at most some twenty. */
const LIMITS: WalkLimits = { total: 2 ** 40, ratio: 200, free: 256 * 2 ** 20 };

/** Bytes of an archive that are read between two looks at the clock: a megabyte of empty files has two thousand of them. */
const PIECE = 64 * 1024;

export interface WalkOptions {
  signal?: AbortSignal | undefined;
  /** Called with the bytes of the blob that were read so far. */
  report?: ((read: number) => void) | undefined;
  limits?: WalkLimits | undefined;
  /** What has to end before more is read: sinks that work on when their content has ended. */
  settling?: (() => Promise<void> | undefined) | undefined;
}

export interface WalkedLayer {
  /** Digest of the archive without its compression. */
  diffId: string;
  /** Bytes of the archive without its compression. */
  bytes: number;
  /** Entries of the archive, those that were left out as well. */
  entries: number;
  warnings: readonly LayerWarning[];
}

/**
 * One pass over a layer (gzip, zstd or plain), from its first byte to its last, so that its digest is verified. Nothing of it is kept and
 * nothing written; memory does not depend on its size. What was visited must not be used where it throws.
 *
 * @throws {RegistryError} `notContent` where it is no tar archive; `contentDamaged`, `digestMismatch`; `tooLarge` for more than the
 * limits, with the number; `unsupported` for another compression; what the source throws
 */
export async function walkLayer(
  open: OpenBlob,
  layer: Pick<Descriptor, 'digest'>,
  visit: VisitEntry,
  options: WalkOptions = {},
): Promise<WalkedLayer> {
  const steps = walkInSteps(open, layer, visit, options);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

/** The same, in steps: what sinks have got by then can be taken away before there is more. */
export async function* walkInSteps(
  open: OpenBlob,
  layer: Pick<Descriptor, 'digest'>,
  visit: VisitEntry,
  { signal = new AbortController().signal, report, limits = LIMITS, settling }: WalkOptions = {},
): AsyncGenerator<void, WalkedLayer, void> {
  const where = layer.digest;
  const warnings = new Set<LayerWarning>();
  const reader = new TarReader(where, visit, (warning) => warnings.add(warning));
  const hash = createHash('sha256');
  const turns = new Turns(1);
  let read = 0;
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of open(0, signal)) {
      read += chunk.byteLength;
      report?.(read);
      yield chunk;
    }
  };
  for await (const chunk of decompressed(counted(), where)) {
    goOn(signal);
    bytes += chunk.byteLength;
    checkLimits(where, { read, bytes }, limits);
    hash.update(chunk);
    for (let at = 0; at < chunk.byteLength; at += PIECE) {
      reader.push(chunk.subarray(at, at + PIECE));
      const turn = turns.take();
      if (turn) await turn;
    }
    await settling?.();
    yield;
  }
  reader.end();
  const diffId = `sha256:${hash.digest('hex')}`;
  return { diffId, bytes, entries: reader.entries, warnings: [...warnings] };
}

/** @throws {RegistryError} `tooLarge` */
export function checkLimits(where: string, done: { read: number; bytes: number }, limits = LIMITS): void {
  const { read, bytes } = done;
  if (bytes > limits.total)
    throw new RegistryError('tooLarge', '', {
      reason: `${where}: more than ${limits.total} bytes come out of it; no more are unpacked.`,
    });
  if (bytes > limits.free && bytes > read * limits.ratio)
    throw new RegistryError('tooLarge', '', {
      reason: `${where}: ${bytes} bytes come out of ${read}, more than ${limits.ratio} times as many; no more are unpacked.`,
    });
}
