import { setImmediate as turn } from 'node:timers/promises';
import type { CollectionOutput } from '../../common/collection-facts.ts';
import type { Inventory, Weights } from '../../data/index.ts';
import { type CollectionOutput as OutputRead, readCollectionOutput } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions } from '../types.ts';

/** Digests weighed in one question. */
const AT_ONCE = 5_000;
/** The largest that are named. */
const NAMED = 20;

/** Reads what a collection has printed or logged, so that others get their turns. */
export async function readOutput(text: string, { signal }: CallOptions): Promise<OutputRead> {
  const reading = readCollectionOutput(text);
  for (let read = reading.next(); ; read = reading.next()) {
    if (read.done) return read.value;
    signal?.throwIfAborted();
    await turn();
  }
}

/**
 * What a collection would free, by what its dry run has printed and by what is known of the registry's contents.
 *
 * @param registry as the inventory names it
 * @throws ServiceError `invalidInput` where it is no such output
 */
export async function weighOutput(
  inventory: Inventory,
  registry: string,
  text: string,
  { signal }: CallOptions,
): Promise<CollectionOutput> {
  const { blobs, manifests, stated, ran } = await readOutput(text, { signal });
  if (blobs.length + manifests.length === 0 && !stated)
    throw new ServiceError('invalidInput', 'This is no output of "registry garbage-collect".');
  const found: CollectionOutput = {
    blobs: Math.max(blobs.length, stated?.blobs ?? 0),
    known: { count: 0, bytes: 0 },
    unknown: Math.max(0, (stated?.blobs ?? 0) - blobs.length),
    manifests: Math.max(manifests.length, stated?.manifests ?? 0),
    needed: { count: 0, some: [] },
    whole: stated !== undefined && blobs.length >= stated.blobs && manifests.length >= stated.manifests,
    ran,
    largest: [],
  };
  const need = ({ needed, neededCount }: Weights) => {
    found.needed.count += neededCount;
    found.needed.some = [...found.needed.some, ...needed].slice(0, NAMED);
  };
  for await (const weights of weigh(inventory, registry, blobs, signal)) {
    const { known, unknown, largest } = weights;
    found.known.count += known.count;
    found.known.bytes += known.bytes;
    found.unknown += unknown;
    found.largest = [...found.largest, ...largest].sort((a, b) => b.size - a.size).slice(0, NAMED);
    need(weights);
  }
  // Of a manifest that only loses its place in a repository the bytes stay.
  const listed = new Set(blobs);
  const unlinked = manifests.filter((digest) => !listed.has(digest));
  for await (const weights of weigh(inventory, registry, unlinked, signal)) need(weights);
  return found;
}

async function* weigh(
  inventory: Inventory,
  registry: string,
  digests: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Weights, void, void> {
  for (let start = 0; start < digests.length; start += AT_ONCE) {
    const some = digests.slice(start, start + AT_ONCE);
    yield await inventory.ask('weights', { registry, digests: some }, signal);
  }
}
