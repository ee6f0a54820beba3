import { lookAt } from '../endpoints/look.ts';
import { headManifest } from '../endpoints/manifests.ts';
import { COMMON_FAILURES, type RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { pause } from '../http/retry.ts';

/** Tags, manifests or lists of referrers asked for at a time; the client's own bound holds as well. */
export const READS = 8;
/** Milliseconds before what should be gone is looked at once more: some registries answer from a cache for a moment. */
const LATER_LOOKS = [200, 1_000];

/**
 * Failures that say nothing of one manifest. A manifest is small, so a connection still lost after all tries is none of its
 * doing; but one may take the registry longer than it is given, and its neighbours do not.
 */
const HOPELESS: ReadonlySet<string> = new Set([...COMMON_FAILURES, 'connectionLost', 'cancelled']);

export const isHopeless = ({ code }: RegistryError): boolean => HOPELESS.has(code);

/** What a tag or digest points at; undefined: there is none. `unseen`: the registry refuses to show it. */
export type Seen = { digest: string | undefined } | { unseen: RegistryError };

/** @throws {RegistryError} where the registry is not reached or has its own bad moment. */
async function see(
  client: RegistryClient,
  repository: string,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<Seen> {
  const { found, unseen } = await lookAt(headManifest(client, repository, reference, { signal }));
  return unseen ? { unseen } : { digest: found?.digest };
}

/** Looks at references, several at a time; those in `looked` were seen just now and are not asked for again. */
export async function seeAll(
  client: RegistryClient,
  repository: string,
  references: Iterable<string>,
  {
    looked,
    signal,
  }: { looked?: ReadonlyMap<string, string | undefined> | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  await forEachLimit(
    references,
    READS,
    async (reference, stop) => {
      seen.set(
        reference,
        looked?.has(reference)
          ? { digest: looked.get(reference) }
          : await see(client, repository, reference, stop),
      );
    },
    signal,
  );
  return seen;
}

/** Reads back what became of references that should be gone, and gives those that are not a moment. */
export async function readBack(
  client: RegistryClient,
  repository: string,
  references: readonly string[],
  { patient, signal }: { patient: boolean; signal?: AbortSignal | undefined },
): Promise<Map<string, Seen>> {
  const seen = await seeAll(client, repository, references, { signal });
  for (const wait of patient ? LATER_LOOKS : []) {
    const left = [...seen].filter(([, now]) => !isGone(now)).map(([reference]) => reference);
    if (left.length === 0) break;
    await pause(wait, signal);
    for (const [reference, now] of await seeAll(client, repository, left, { signal }))
      seen.set(reference, now);
  }
  return seen;
}

export function isGone(seen: Seen | undefined): boolean {
  return seen !== undefined && 'digest' in seen && seen.digest === undefined;
}
