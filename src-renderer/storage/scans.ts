import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Scan } from '../../src-main/common/inventory.ts';
import { accountOf } from '../../src-main/common/place.ts';
import type { StorageScope } from '../../src-main/common/storage.ts';
import { api, orpc } from '../api.ts';
import { throttle } from '../lists/throttle.ts';

/** Milliseconds between two looks at what a scan has found so far. */
const LOOK_EVERY = 3_000;

type Scans = ReadonlyMap<string, Scan>;

const scansKey = ['scans'] as const;

/** The last scan of each part of each registry, by its id. It is read as long as it is looked at: it never ends. */
export const scansQuery = queryOptions<Scans>({
  queryKey: scansKey,
  queryFn: ({ client, signal }) => watchScans(client, signal),
  staleTime: 0,
  structuralSharing: false,
});

async function watchScans(client: QueryClient, signal: AbortSignal): Promise<Scans> {
  const scans = new Map<string, Scan>();
  const look = () => void client.invalidateQueries({ queryKey: orpc.storage.key() });
  const looking = throttle(look, LOOK_EVERY);
  try {
    for await (const scan of await api.inventory.watch(undefined, { signal })) {
      const before = scans.get(scan.id)?.status;
      scans.set(scan.id, scan);
      if (signal.aborted) break;
      client.setQueryData<Scans>(scansKey, new Map(scans));
      if (scan.status === 'running') looking.request();
      else if (before === 'running') look();
    }
  } finally {
    looking.cancel();
  }
  return new Map(scans);
}

export interface ShownScans {
  /** Of the registry, whatever part of it: only one works at a time. */
  readonly running: Scan | undefined;
  /** The last one of this part that read what is there, unless it is the running one. */
  readonly last: Scan | undefined;
}

export function shownScans(
  scans: Scans | undefined,
  { accountId, namespace, repository }: StorageScope,
): ShownScans {
  const own = [...(scans?.values() ?? [])].filter(({ place }) => accountOf(place) === accountId);
  const running = own.find(({ status }) => status === 'running');
  const last = own
    .filter((scan) => scan !== running && !scan.digestsOnly)
    .filter((scan) => scan.namespace === namespace && scan.repository === repository)
    .toSorted((a, b) => Date.parse(b.started) - Date.parse(a.started))[0];
  return { running, last };
}
