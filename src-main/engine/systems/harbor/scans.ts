import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { checkDigest } from '../../model/digest.ts';
import { readInstant } from '../../model/image.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Finding, ScanOverview, ScanReports } from '../../product/said.ts';
import { type ScanType, SEVERITIES, type Severity } from '../../vocabulary/scanning.ts';
import { allowedIn } from './allow-list.ts';
import { change, ONE_BYTES_MAX, repositoryPath } from './api.ts';
import type { Rights } from './rights.ts';
import { runState } from './run-states.ts';

/** What reports of findings are asked for as, the newest form first. */
const REPORTS = [
  'application/vnd.security.vulnerability.report; version=1.1',
  'application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0',
];
export const TAKES_REPORTS = { 'x-accept-vulnerabilities': REPORTS.join(', ') };
/** An image of a whole distribution has some thousands, of some hundred bytes each. */
const REPORT_BYTES_MAX = 64 * 1024 * 1024;

/** What Harbor calls each. */
const TYPES: Readonly<Record<ScanType, string>> = { vulnerabilities: 'vulnerability', sbom: 'sbom' };

const count = z.number().int().nonnegative().optional().catch(undefined);
const state = {
  scan_status: z.string().catch(''),
  end_time: z.string().optional().catch(undefined),
  scanner: z.object({ name: z.string() }).nullish().catch(undefined),
};
const overview = z.object({
  ...state,
  summary: z
    .object({
      total: count,
      fixable: count,
      summary: z.record(z.string(), z.number()).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
/** Reports by their form: one of findings. */
const overviews = z.record(z.string(), overview).nullish().catch(undefined);
export const scanFields = { scan_overview: overviews };
const scanned = z.object({
  ...scanFields,
  sbom_overview: z.object(state).nullish().catch(undefined),
});

const finding = z.object({
  id: z.string().min(1),
  package: z.string().catch(''),
  version: z.string().catch(''),
  fix_version: z.string().nullish().catch(undefined),
  severity: z.string().catch(''),
  description: z.string().nullish().catch(undefined),
  links: z.array(z.string()).nullish().catch(undefined),
  preferred_cvss: z
    .object({ score_v3: z.number().nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
const report = z.object({ vulnerabilities: z.array(finding).nullish() });

/** @see Harbor API v2.0, `/projects/{p}/repositories/{r}/artifacts/{ref}/scan` and `/additions/vulnerabilities` */
export function scanReports(api: ProductApi, rights: Rights): ScanReports {
  const urlOf = (repository: string, digest: string) =>
    `${repositoryPath(repository)}/artifacts/${checkDigest(digest)}`;
  return {
    types: ['vulnerabilities', 'sbom'],
    async mayStart(repository, type, signal) {
      const [project = ''] = repository.split('/');
      return (await rights.inProject(project, signal))(type === 'sbom' ? type : 'scan', 'create');
    },
    async overview(repository, digest, signal) {
      const url = `${urlOf(repository, digest)}?with_scan_overview=true&with_sbom_overview=true`;
      const asked = { method: 'GET', url, headers: TAKES_REPORTS, signal } as const;
      const found = await api.json(asked, scanned, { maxBytes: ONE_BYTES_MAX });
      return [
        scanIn(found) ?? none('vulnerabilities'),
        found.sbom_overview ? overviewOf('sbom', found.sbom_overview) : none('sbom'),
      ];
    },
    async findings(repository, digest, signal) {
      const url = `${urlOf(repository, digest)}/additions/vulnerabilities`;
      const asked = { method: 'GET', url, headers: TAKES_REPORTS, signal } as const;
      const [project = ''] = repository.split('/');
      const [reports, allowed] = await Promise.all([
        api.json(asked, z.record(z.string(), report), { maxBytes: REPORT_BYTES_MAX }),
        allowedIn(api, project, signal),
      ]);
      const [first] = Object.values(reports);
      if (!first) throw new RegistryError('notFound', '', { reason: 'It was not scanned.' });
      return (first.vulnerabilities ?? []).map((one) => findingOf(one, allowed));
    },
    start: (repository, digest, type, signal) =>
      change(api, 'POST', {
        url: `${urlOf(repository, digest)}/scan`,
        body: { scan_type: TYPES[type] },
        signal,
      }),
    stop: (repository, digest, type, signal) =>
      change(api, 'POST', {
        url: `${urlOf(repository, digest)}/scan/stop`,
        body: { scan_type: TYPES[type] },
        signal,
      }),
  };
}

/** How its scan stands, of what a list or one reply says; undefined where it was not scanned. */
export function scanIn({
  scan_overview: found,
}: {
  scan_overview?: z.infer<typeof overviews>;
}): ScanOverview | undefined {
  const [report] = Object.values(found ?? {});
  return report && overviewOf('vulnerabilities', report);
}

const none = (type: ScanType): ScanOverview => ({ type, state: 'none', counts: {} });

function overviewOf(
  type: ScanType,
  { scan_status: status, end_time, scanner, summary }: Partial<z.infer<typeof overview>>,
): ScanOverview {
  const ended = readInstant(end_time);
  const { total, fixable } = summary ?? {};
  const counts: { [S in Severity]?: number } = {};
  for (const [word, number] of Object.entries(summary?.summary ?? {}))
    counts[severityOf(word)] = (counts[severityOf(word)] ?? 0) + number;
  return {
    type,
    state: status ? runState(status) : 'none',
    ...(scanner ? { scanner: scanner.name } : {}),
    ...(ended === undefined ? {} : { ended }),
    counts,
    ...(total === undefined ? {} : { total }),
    ...(fixable === undefined ? {} : { fixable }),
  };
}

function findingOf(one: z.infer<typeof finding>, allowed: ReadonlySet<string>): Finding {
  const { id, package: name, version, fix_version: fixed, description, links } = one;
  const score = one.preferred_cvss?.score_v3;
  return {
    id,
    package: name,
    version,
    ...(fixed ? { fixed } : {}),
    severity: severityOf(one.severity),
    ...(description ? { description } : {}),
    links: links ?? [],
    ...(score == null ? {} : { score }),
    ...(allowed.has(id) ? { allowed: true } : {}),
  };
}

/** `None` is no severity, too: nobody has said one. */
const severityOf = (word: string): Severity =>
  SEVERITIES.find((known) => known === word.toLowerCase()) ?? 'unknown';
