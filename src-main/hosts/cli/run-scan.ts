import type { Scan, ScanScope } from '../../common/inventory.ts';
import type { RegistryHandle } from '../../services/index.ts';
import type { Context } from './context.ts';
import { Cancelled, CommandFailure } from './failures.ts';
import { counted, report, statusLine, warn } from './output.ts';
import { parseRepository } from './references.ts';

/** Part of a registry. */
export interface ScannedPlace {
  readonly host: string;
  readonly namespace?: string;
  readonly repository?: string;
}

/** With `HOST` alone the whole registry; a slash at the end means a namespace. */
export function parseScanned(place: string): ScannedPlace {
  const [host = '', ...names] = place.split('/');
  if (names.join('/') === '') return { host };
  if (!place.endsWith('/')) return parseRepository(place);
  const { host: known, repository: namespace } = parseRepository(place.slice(0, -1));
  return { host: known, namespace };
}

/** To its end, however it is. Ctrl+C stops it so that the same command goes on with it. @throws CommandFailure, Cancelled */
export async function scanOnce(
  { core, json, signal }: Context,
  registry: RegistryHandle,
  scope: ScanScope,
): Promise<Scan> {
  const { scanId } = await core.inventory.scan(registry, scope);
  const stop = () => void core.inventory.pause(scanId).catch(() => {});
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const watching = new AbortController();
  const shown = showProgress(core.inventory.watch({ signal: watching.signal }), scanId);
  try {
    const ended = await core.inventory.finished(scanId);
    if (ended.status === 'done') return ended;
    if (ended.status === 'failed')
      throw new CommandFailure(ended.failure ?? { code: 'internal', message: 'The scan did not end.' });
    if (!json && ended.status === 'paused') report('Run the same command again to continue.');
    throw new Cancelled();
  } finally {
    signal.removeEventListener('abort', stop);
    watching.abort();
    await shown;
  }
}

/** What a scan could not read, as a warning. */
export function warnOfUnread({ unread, firstUnread, undated, firstUndated }: Scan): void {
  if (firstUnread)
    warn({
      code: firstUnread.code,
      message: `${counted(unread, 'tag or manifest', 'tags and manifests')} could not be read, the first because: ${firstUnread.message}`,
    });
  if (firstUndated)
    warn({
      code: firstUndated.code,
      message: `${counted(undated, 'config')} could not be read, which leaves images without a date, the first because: ${firstUndated.message} Each is asked for again after a week; scan --retry does so now.`,
    });
}

async function showProgress(scans: AsyncIterable<Scan>, scanId: string): Promise<void> {
  if (!statusLine.isShown) return;
  try {
    for await (const scan of scans) if (scan.id === scanId) statusLine.show(progressOf(scan));
  } catch {
    // Reported by the scan itself; ended by us.
  } finally {
    statusLine.clear();
  }
}

function progressOf({ listed, repositories, tags, requests }: Scan): string {
  const of = listed ? ` of ${repositories.total}` : '';
  return `${repositories.done}${of} repositories, ${counted(tags.done, 'tag')}, ${counted(requests, 'request')}`;
}
