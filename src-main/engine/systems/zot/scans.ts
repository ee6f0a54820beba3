import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { Finding, ScanReports } from '../../product/said.ts';
import { SEVERITIES, type Severity } from '../../vocabulary/scanning.ts';
import type { Search } from './search.ts';

const PAGE = 200;
const PAGES_MAX = 500;

const text = z.string().nullish().catch(undefined);
const summary = z.object({
  CVEListForImage: z.object({
    Summary: z
      .object({
        Count: z.number(),
        UnknownCount: z.number(),
        LowCount: z.number(),
        MediumCount: z.number(),
        HighCount: z.number(),
        CriticalCount: z.number(),
      })
      .nullish(),
  }),
});
const found = z.object({
  CVEListForImage: z.object({
    CVEList: z
      .array(
        z.object({
          Id: z.string().min(1),
          Title: text,
          Description: text,
          Reference: text,
          Severity: text,
          PackageList: z
            .array(z.object({ Name: text, InstalledVersion: text, FixedVersion: text }))
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

const COUNTS = 'Count UnknownCount LowCount MediumCount HighCount CriticalCount';
const FIELDS = 'Id Title Description Reference Severity PackageList{Name InstalledVersion FixedVersion}';
/** What it writes where no version is fixed. */
const NO_FIX = /^(?:not specified)?$/i;

/** Vulnerabilities by zot's own scanner, which looks at everything in the background and is not asked to. @see zotregistry.dev, "CVE scanning" */
export const scanReports = (search: Search): ScanReports => ({
  types: ['vulnerabilities'],
  mayStart: async () => 'unsupported',
  async overview(repository, digest, signal) {
    const place = JSON.stringify(`${repository}@${digest}`);
    const query = `{CVEListForImage(image:${place},requestedPage:{limit:1}){Summary{${COUNTS}}}}`;
    try {
      const { Summary } = (await search.ask(query, summary, signal)).CVEListForImage;
      if (!Summary) return [{ type: 'vulnerabilities', state: 'none', counts: {} }];
      const counts = {
        critical: Summary.CriticalCount,
        high: Summary.HighCount,
        medium: Summary.MediumCount,
        low: Summary.LowCount,
        unknown: Summary.UnknownCount,
      };
      return [{ type: 'vulnerabilities', state: 'done', counts, total: Summary.Count }];
    } catch (error) {
      // The scanner is off, or has not looked at it yet: zot says both as a failure of the query.
      if (error instanceof RegistryError && [200, 404, 422].includes(error.status ?? 0))
        return [{ type: 'vulnerabilities', state: 'none', counts: {} }];
      throw error;
    }
  },
  async findings(repository, digest, signal) {
    const place = JSON.stringify(`${repository}@${digest}`);
    const all: Finding[] = [];
    for (let page = 0; page < PAGES_MAX; page++) {
      const at = `requestedPage:{limit:${PAGE},offset:${page * PAGE},sortBy:SEVERITY}`;
      const query = `{CVEListForImage(image:${place},${at}){CVEList{${FIELDS}}}}`;
      const list = (await search.ask(query, found, signal)).CVEListForImage.CVEList ?? [];
      for (const one of list) {
        const description = one.Description ?? one.Title;
        for (const { Name, InstalledVersion, FixedVersion } of one.PackageList ?? [])
          all.push({
            id: one.Id,
            package: Name ?? '',
            version: InstalledVersion ?? '',
            ...(NO_FIX.test(FixedVersion ?? '') ? {} : { fixed: FixedVersion ?? '' }),
            severity: severityOf(one.Severity),
            ...(description ? { description } : {}),
            links: one.Reference ? [one.Reference] : [],
          });
      }
      if (list.length < PAGE) break;
    }
    return all;
  },
  start: refuse,
  stop: refuse,
});

const severityOf = (value: string | null | undefined): Severity =>
  SEVERITIES.find((severity) => severity === value?.toLowerCase()) ?? 'unknown';

function refuse(): Promise<never> {
  return Promise.reject(
    new RegistryError('unsupported', '', { reason: 'zot scans by itself, and is not asked to.' }),
  );
}
