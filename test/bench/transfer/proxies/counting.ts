import type { Server } from '../process.ts';
import { startForwarder } from './forward.ts';

export interface Counts {
  /** `HEAD blob`, `PUT manifest`… and how many there were. */
  readonly requests: ReadonlyMap<string, number>;
  /** Of all request bodies. */
  readonly bytes: number;
}

export interface CountingProxy extends Server {
  counts(): Counts;
}

/** Counts what arrives at a registry. @param onBytes gets all bytes so far, after each part */
export async function startCounting(
  target: number,
  onBytes?: (bytes: number) => void,
): Promise<CountingProxy> {
  const requests = new Map<string, number>();
  let bytes = 0;
  const server = await startForwarder(target, {
    intercept: ({ method = '', url = '' }) => {
      const kind = `${method} ${kindOf(url)}`;
      requests.set(kind, (requests.get(kind) ?? 0) + 1);
      return false;
    },
    onBytes: (more) => {
      bytes += more;
      onBytes?.(bytes);
    },
  });
  return { ...server, counts: () => ({ requests: new Map(requests), bytes }) };
}

export function totalOf({ requests }: Counts): number {
  return [...requests.values()].reduce((sum, count) => sum + count, 0);
}

function kindOf(url: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  if (path.includes('/blobs/uploads/')) return query.includes('mount=') ? 'mount' : 'upload';
  return /\/(blob|manifest|tag|referrer)s\//.exec(path)?.[1] ?? 'ping';
}
