import type { Scan } from '../../../common/inventory.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { bytesText, counted, print, printJson, report } from '../output.ts';
import { parseScanned, scanOnce, warnOfUnread } from '../run-scan.ts';

export interface ScanFlags extends Pick<ChangeFlags, 'yes'> {
  readonly readManifests?: boolean;
  readonly dates?: boolean;
  readonly retry?: boolean;
}

/** `scan HOST[/NAMESPACE/]` or `scan HOST/REPOSITORY`: the same command goes on with a scan that stopped. */
export async function scan(
  context: Context,
  place: string,
  flags: ScanFlags,
  access: AccessOverrides,
): Promise<void> {
  const { host, ...part } = parseScanned(place);
  const scope = { ...part, dates: flags.dates ?? true, ...(flags.retry && { retry: true as const }) };
  const registry = await context.registry(host, access, part.repository);
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
  warnOfUnread(ended);
  const { costsPulls } = ended;
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

function lineOf(scan: Scan): string {
  const { repositories, tags, requests, bytes } = scan;
  const parts = [
    `${counted(tags.done, 'tag')} in ${counted(repositories.done, 'repository', 'repositories')}`,
    counted(requests, 'request'),
    `${bytesText(bytes)} read`,
    `${secondsOf(scan)} s`,
  ];
  return `Scanned ${parts.join(', ')}.`;
}

function documentOf({ host }: RegistryHandle, scan: Scan): object {
  const { namespace, repository, repositories, tags, requests, bytes, unread, undated, costsPulls } = scan;
  return {
    registry: host,
    ...(namespace === undefined ? {} : { namespace }),
    ...(repository === undefined ? {} : { repository }),
    repositories: repositories.done,
    tags: tags.done,
    requests,
    bytes,
    unread,
    undated,
    costsPulls: costsPulls ?? 0,
    seconds: secondsOf(scan),
  };
}

function secondsOf({ started, ended = started }: Scan): number {
  return (Date.parse(ended) - Date.parse(started)) / 1000;
}
