import type { RegistryClient } from '../http/client.ts';

/**
 * Bytes tried in one request after a larger one was refused (413), largest first: what proxies are set to (nginx's default is
 * 1 MiB), down to what is sent faster than it is asked for.
 */
const SMALLER = [64, 16, 4, 1, 0.25, 0.0625].map((mebibytes) => mebibytes * 1024 * 1024);

interface Manners {
  /** Bytes that it takes in one request, as far as it refused more. */
  chunk: number;
  /** It wants the bytes before the PUT that closes an upload, and none in it. */
  patches: boolean;
}

/** By origin: what a proxy before a registry takes holds for all that goes through it, and as long as this process lives. */
const learned = new Map<string, Manners>();

function mannersOf(origin: string): Manners {
  let manners = learned.get(origin);
  if (!manners) {
    manners = { chunk: Number.POSITIVE_INFINITY, patches: false };
    learned.set(origin, manners);
  }
  return manners;
}

/** How bytes are to be sent to a place: as chosen, or as its product is known for, and never more than it is known to take. */
export function mannersAt(client: RegistryClient, origin: string): Readonly<Manners> {
  const { chunk, patches } = mannersOf(origin);
  const usual = client.uploadChunk ?? client.traits.uploadChunk ?? Number.POSITIVE_INFINITY;
  return { chunk: Math.min(chunk, usual), patches };
}

/** So many bytes at once were too many. False: there is nothing smaller to try. */
export function learnChunk(origin: string, refused: number): boolean {
  const manners = mannersOf(origin);
  const smaller = SMALLER.find((size) => size < refused);
  if (smaller === undefined) return false;
  manners.chunk = Math.min(manners.chunk, smaller);
  return true;
}

/** A closing PUT with bytes was refused. False: they went before it already. */
export function learnPatches(origin: string): boolean {
  const manners = mannersOf(origin);
  if (manners.patches) return false;
  manners.patches = true;
  return true;
}

/** It did not help. */
export function forgetPatches(origin: string): void {
  mannersOf(origin).patches = false;
}
