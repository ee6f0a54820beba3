import { setTimeout as delay } from 'node:timers/promises';
import { type ComparedFinding, compareFindings, isAtLeast, orderFindings } from '../../../common/findings.ts';
import type { ArtifactScan } from '../../../common/product-said.ts';
import { type ScanType, SEVERITIES, type Severity } from '../../../engine/vocabulary/scanning.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { digestAt } from '../digest-at.ts';
import { CommandFailure, Different, UsageError } from '../failures.ts';
import { print, printJson } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { Table } from '../table.ts';

/** Milliseconds between two looks at a scan. */
const LOOK = 1_000;

export interface ScanFlags {
  readonly sbom?: boolean;
  readonly wait?: boolean;
  readonly stop?: boolean;
}

export interface FindingFlags {
  readonly severity?: string;
  readonly fixable?: boolean;
  readonly against?: string;
  readonly failOn?: string;
}

interface Scanned {
  readonly registry: RegistryHandle;
  readonly repository: string;
  readonly digest: string;
}

async function scannedAt(context: Context, text: string, access: AccessOverrides): Promise<Scanned> {
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  return { registry, repository, digest: await digestAt(context, registry, repository, reference) };
}

/** `harbor scan`: begins a scan, or stops it; with `wait` it shows what came of it. */
export async function scanImage(
  context: Context,
  text: string,
  { sbom, wait, stop }: ScanFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const at = await scannedAt(context, text, access);
  const { registry, ...artifact } = at;
  const type: ScanType = sbom ? 'sbom' : 'vulnerabilities';
  if (stop) await core.products.stopScan(registry, { ...artifact, type }, { signal });
  else await core.products.startScan(registry, { ...artifact, type }, { signal });
  let scan = await scanOf(context, at, type);
  while (wait && (scan?.state === 'waiting' || scan?.state === 'running')) {
    await delay(LOOK, undefined, { signal });
    scan = await scanOf(context, at, type);
  }
  if (wait && scan?.state !== 'done')
    throw new CommandFailure({
      code: 'registryFailed',
      message: `The scan has not succeeded: ${scan?.state ?? 'none'}.`,
    });
  if (wait && type === 'vulnerabilities') return await vulnerabilities(context, text, {}, access);
  if (json) await printJson({ reference: text, digest: artifact.digest, type, state: scan?.state ?? 'none' });
  else await print(`${type}: ${scan?.state ?? 'none'}`);
}

async function scanOf(
  { core, signal }: Context,
  { registry, ...artifact }: Scanned,
  type: ScanType,
): Promise<ArtifactScan | undefined> {
  const scans = await core.products.scanned(registry, artifact, { signal });
  return scans.find((scan) => scan.type === type);
}

/** `harbor vulnerabilities`: what the registry's own scanner has found, all or some, alone or beside another tag. */
export async function vulnerabilities(
  context: Context,
  text: string,
  { severity, fixable, against, failOn }: FindingFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const [least, failing] = [severityBy(severity), severityBy(failOn)];
  const at = await scannedAt(context, text, access);
  const { registry, repository, digest } = at;
  const scan = await scanOf(context, at, 'vulnerabilities');
  if (scan?.state !== 'done')
    throw new CommandFailure({
      code: 'notFound',
      message: `There is no report of it: the scan stands at "${scan?.state ?? 'none'}". "harbor scan --wait" makes one.`,
    });
  const own = await core.products.findings(registry, { repository, digest }, { signal });
  const other =
    against === undefined
      ? undefined
      : await core.products.findings(
          registry,
          { repository, digest: await digestAt(context, registry, repository, against) },
          { signal },
        );
  const all: ComparedFinding[] = other ? compareFindings(other, own) : orderFindings(own);
  const findings = all.filter(
    (one) => (least === undefined || isAtLeast(one.severity, least)) && (!fixable || one.fixed !== undefined),
  );
  if (json) await printJson({ reference: text, digest, scan, against: against ?? null, findings });
  else await print(linesOf(findings, other !== undefined));
  const worst =
    failing &&
    findings.find(
      ({ severity: found, allowed, change }) => !allowed && change !== 'fixed' && isAtLeast(found, failing),
    );
  if (worst) throw new Different(`${worst.id} in ${worst.package} is ${worst.severity}.`);
}

/** @throws UsageError */
function severityBy(word: string | undefined): Severity | undefined {
  if (word === undefined) return undefined;
  const known = SEVERITIES.find((severity) => severity === word.toLowerCase());
  if (known) return known;
  throw new UsageError(`A severity is one of ${SEVERITIES.join(', ')}.`);
}

function linesOf(findings: readonly ComparedFinding[], compared: boolean): string[] {
  if (findings.length === 0) return ['Nothing was found.'];
  const change = compared ? ['change'] : [];
  const table = new Table(['severity', 'id', ...change, 'package', 'version', 'fixed in', 'allowed']);
  return table.lines(
    findings.map((one) => [
      one.severity,
      one.id,
      ...(compared ? [one.change ?? '-'] : []),
      one.package,
      one.version,
      one.fixed ?? '-',
      one.allowed ? 'yes' : '',
    ]),
  );
}
