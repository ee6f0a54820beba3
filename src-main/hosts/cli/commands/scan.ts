import type { Scan } from '../../../common/inventory.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { Cancelled, CommandFailure } from '../failures.ts';
import { bytesText, counted, print, printJson, report, statusLine, warn } from '../output.ts';
import { parseRepository } from '../references.ts';

export interface ScanFlags extends Pick<ChangeFlags, 'yes'> {
  readonly readManifests?: boolean;
}

/** Part of a registry. */
interface ScannedPlace {
  readonly host: string;
  readonly namespace?: string;
  readonly repository?: string;
}

/** `scan HOST[/NAMESPACE/]` or `scan HOST/REPOSITORY`: the same command goes on with a scan that stopped. */
export async function scan(
  context: Context,
  place: string,
  flags: ScanFlags,
  access: AccessOverrides,
): Promise<void> {
  const { host, ...scope } = parseScanned(place);
  const registry = await context.registry(host, access, scope.repository);
  let ended = await scanOnce(context, registry, { ...scope, readManifests: false });
  if (flags.readManifests && ended.costsPulls) {
    const { costsPulls } = ended;
    await confirm(
      `Read ${counted(costsPulls, 'manifest')}? The registry counts each as a pull, and those below them too.`,
      flags,
      context.signal,
      'They were left unread.',
    );
    ended = await scanOnce(context, registry, { ...scope, readManifests: true });
  }
  const { unread, firstUnread, costsPulls } = ended;
  if (firstUnread)
    warn({
      code: firstUnread.code,
      message: `${counted(unread, 'tag or manifest', 'tags and manifests')} could not be read, the first because: ${firstUnread.message}`,
    });
  if (context.json) {
    await printJson(documentOf(registry, ended));
    return;
  }
  await print(lineOf(ended));
  if (costsPulls)
    report(
      `Left unread: ${counted(costsPulls, 'manifest')}. The registry counts each as a pull; --read-manifests reads them.`,
    );
}

/** With `HOST` alone the whole registry; a slash at the end means a namespace. */
function parseScanned(place: string): ScannedPlace {
  const [host = '', ...names] = place.split('/');
  if (names.join('/') === '') return { host };
  if (!place.endsWith('/')) return parseRepository(place);
  const { host: known, repository: namespace } = parseRepository(place.slice(0, -1));
  return { host: known, namespace };
}

/** To its end, however it is. Ctrl+C stops it so that the same command goes on with it. */
async function scanOnce(
  { core, json, signal }: Context,
  registry: RegistryHandle,
  scope: Parameters<Context['core']['inventory']['scan']>[1],
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
    if (!json && ended.status === 'paused') report('The same command goes on where it was.');
    throw new Cancelled();
  } finally {
    signal.removeEventListener('abort', stop);
    watching.abort();
    await shown;
  }
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

function lineOf(scan: Scan): string {
  const { repositories, tags, requests, bytes } = scan;
  const parts = [
    `${counted(tags.done, 'tag')} in ${counted(repositories.done, 'repository', 'repositories')}`,
    counted(requests, 'request'),
    `${bytesText(bytes)} of manifests`,
    `${secondsOf(scan)} s`,
  ];
  return `Scanned ${parts.join(', ')}.`;
}

function documentOf({ host }: RegistryHandle, scan: Scan): object {
  const { namespace, repository, repositories, tags, requests, bytes, unread, costsPulls } = scan;
  return {
    registry: host,
    ...(namespace === undefined ? {} : { namespace }),
    ...(repository === undefined ? {} : { repository }),
    repositories: repositories.done,
    tags: tags.done,
    requests,
    bytes,
    unread,
    costsPulls: costsPulls ?? 0,
    seconds: secondsOf(scan),
  };
}

function secondsOf({ started, ended = started }: Scan): number {
  return (Date.parse(ended) - Date.parse(started)) / 1000;
}
