import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { ManifestFacts } from '../model/facts.ts';
import { isSchema1Type } from '../model/media-types.ts';
import type { ManifestReader } from '../reading/reader.ts';
import type { Holdings } from './holdings.ts';
import { isHopeless, READS } from './seen.ts';

/** Manifests asked about at once. */
const FACTS_AT_ONCE = 50;
/** Children and blobs of those and of all below them that are in memory at once; real ones have some thousands. */
const PARTS_MAX = 100_000;

/** Children asked for whatever else is looked at, so that plans of a usual size are exact. */
const CHILDREN_MIN = 200;

/** How many children a plan may ask for, of the tagged manifests that it is about: a fifth more than it asks for anyway. */
export function childLooks(tagged: number): ChildLooks {
  return { left: Math.max(CHILDREN_MIN, Math.floor(tagged / 5)) };
}

export interface ChildLooks {
  left: number;
}

/** As what the repository serves a manifest. @throws {RegistryError} `notFound` where it does not hold it */
type ServedAs = (digest: string, signal: AbortSignal) => Promise<string>;

/**
 * What manifests hold by the facts that are known of them, without reading any. Facts are true of a digest everywhere; that the
 * repository holds a manifest, and as the kind of document that the facts are of, is asked for by a HEAD. Returned are those of which
 * all is known: not what lacks a child here, what may be a placeholder, which its bytes have to prove, and what has a digest of a part
 * of its bytes only.
 *
 * @param looks children that may still be asked for; of those beyond, an index's word counts that they are there, and what it holds is an
 * estimate
 * @throws {RegistryError} what any other manifest would fail with as well
 */
export async function holdingsByFacts(
  reader: ManifestReader,
  digests: readonly string[],
  servedAs: ServedAs,
  looks: ChildLooks,
  signal: AbortSignal | undefined,
): Promise<Map<string, Holdings>> {
  const found = new Map<string, Holdings>();
  if (!reader.facts) return found;
  const facts = await factsBelow(reader.facts, digests, signal);
  const served = new Map<string, boolean>();
  const isServed = async (one: ManifestFacts, stop: AbortSignal): Promise<boolean> => {
    const known = served.get(one.digest) ?? (await isSameHere(one, servedAs, stop));
    served.set(one.digest, known);
    return known;
  };
  await forEachLimit(
    digests,
    READS,
    async (digest, stop) => {
      const whole = wholeOf(digest, facts);
      const [root] = whole;
      if (!root || mayBePlaceholder(root)) return;
      let estimated = false;
      for (const one of whole) {
        if (one !== root && !served.has(one.digest) && looks.left-- <= 0) estimated = true;
        else if (!(await isServed(one, stop))) return;
      }
      found.set(digest, {
        contained: new Set(whole.slice(1).map((one) => one.digest)),
        parts: new Map(whole.map((one) => [one.digest, ownSizes(one)])),
        replacedBy: undefined,
        ...(estimated ? { estimated } : {}),
      });
    },
    signal,
  );
  return found;
}

async function factsBelow(
  ask: NonNullable<ManifestReader['facts']>,
  roots: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, ManifestFacts>> {
  const found = new Map<string, ManifestFacts>();
  const asked = new Set(roots);
  const wanted = [...roots];
  for (let parts = 0; wanted.length > 0 && parts <= PARTS_MAX; )
    for (const facts of await ask(wanted.splice(0, FACTS_AT_ONCE), signal)) {
      found.set(facts.digest, facts);
      parts += facts.children.length + facts.blobs.length;
      for (const { digest } of facts.children) {
        if (asked.has(digest)) continue;
        asked.add(digest);
        wanted.push(digest);
      }
    }
  return found;
}

/** Facts of a manifest and then of all below it, each once; none unless they are known of every one. */
function wholeOf(root: string, facts: ReadonlyMap<string, ManifestFacts>): ManifestFacts[] {
  const whole: ManifestFacts[] = [];
  // Grows while it is gone through.
  const digests = new Set([root]);
  for (const digest of digests) {
    const one = facts.get(digest);
    if (!one || one.unreadable !== undefined || isSchema1Type(one.mediaType)) return [];
    whole.push(one);
    for (const child of one.children) digests.add(child.digest);
  }
  return whole;
}

/** A placeholder has a config and nothing else. */
const mayBePlaceholder = ({ children, blobs }: ManifestFacts): boolean =>
  children.length === 0 && blobs.length <= 1;

async function isSameHere(
  { digest, mediaType }: ManifestFacts,
  servedAs: ServedAs,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return (await servedAs(digest, signal)) === mediaType;
  } catch (error) {
    if (!(error instanceof RegistryError) || isHopeless(error)) throw error;
    return false;
  }
}

function ownSizes({ digest, size, blobs }: ManifestFacts): Map<string, number> {
  return new Map([[digest, size], ...blobs.map((blob) => [blob.digest, blob.size] as const)]);
}
