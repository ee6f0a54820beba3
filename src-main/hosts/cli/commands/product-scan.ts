import { setTimeout as delay } from 'node:timers/promises';
import type { Finding, ScanOverview } from '../../../common/product-said.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { print, printJson } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { Table } from '../table.ts';

/** Milliseconds between two looks at a scan. */
const LOOK = 1_000;

/** What a registry's own scanner found in an image; with `start` it looks now. */
export async function scanReport(
  context: Context,
  text: string,
  flags: { readonly start?: boolean },
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  const digest = await digestOf(context, registry, repository, reference);
  const artifact = { repository, digest };
  const look = async (): Promise<ScanOverview | undefined> => {
    const scans = await core.products.scanned(registry, artifact, { signal });
    return scans.find(({ type }) => type === 'vulnerabilities');
  };
  if (flags.start) {
    await core.products.startScan(registry, { ...artifact, type: 'vulnerabilities' }, { signal });
    for (let now = await look(); now?.state === 'waiting' || now?.state === 'running'; now = await look())
      await delay(LOOK, undefined, { signal });
  }
  const overview = await look();
  if (overview?.state === 'failed')
    throw new CommandFailure({ code: 'registryFailed', message: 'The scan has failed.' });
  const findings =
    overview?.state === 'done' ? await core.products.findings(registry, artifact, { signal }) : null;
  if (json) await printJson({ reference: text, digest, scan: overview ?? null, findings });
  else await print(findings ? linesOf(findings) : `It was not scanned yet: ${overview?.state ?? 'none'}.`);
}

function linesOf(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ['Nothing was found.'];
  const table = new Table(['severity', 'id', 'package', 'version', 'fixed in']);
  return table.lines(
    findings.map(({ severity, id, package: name, version, fixed }) => [
      severity,
      id,
      name,
      version,
      fixed ?? '-',
    ]),
  );
}

/** By a HEAD, which counts as no pull. */
async function digestOf(
  { core, signal }: Context,
  registry: RegistryHandle,
  repository: string,
  reference: string,
): Promise<string> {
  if (reference.includes(':')) return reference;
  for await (const answer of core.catalog.tagDetails(registry, repository, [reference], { signal }))
    if ('details' in answer) return answer.details.digest;
  throw new CommandFailure({ code: 'notFound', message: `There is no tag ${reference} in ${repository}.` });
}
