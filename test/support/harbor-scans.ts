import type { HarborContent } from './harbor-content.ts';
import type { HarborManaged } from './harbor-managed.ts';
import { recorded, replay } from './harbor-recorded.ts';
import type { Asking, Row } from './harbor-rows.ts';
import type { Answer } from './server.ts';

/** The one artifact that the recording has scanned. */
export const SCANNED = 'sha256:6aee3840bdd155f08fd62a033df5fd610c382c5444de51025dec9940bbbf1e31';

const ARTIFACT = /^\/projects\/team\/repositories\/web\/artifacts\/(sha256:[0-9a-f]{64})(\/.*)?$/;
const LIST = '/projects/team/repositories/web/artifacts';

const bodyOf = (name: string): Row => structuredClone(recorded(name).response.body) as Row;

/** What the replayed Harbor's scanner says of artifacts, and the labels that they have. */
export class HarborScans {
  readonly #content: HarborContent;
  readonly #managed: HarborManaged;
  readonly #reports = new Map<string, readonly Row[]>();
  readonly #labels = new Map<string, Set<number>>();
  /** What is being made of an artifact. */
  scanning: string | undefined;
  /** Looks after which a scan has ended; else it goes on until it is stopped. */
  looks = Number.POSITIVE_INFINITY;

  constructor(content: HarborContent, managed: HarborManaged) {
    this.#content = content;
    this.#managed = managed;
    this.report(SCANNED);
  }

  /** Whoever looks finds what was recorded, or some of it. */
  report(digest: string, keep: (finding: Row) => boolean = () => true): void {
    const [found] = Object.values(bodyOf('artifact-vulnerabilities')) as { vulnerabilities: Row[] }[];
    this.#reports.set(digest, (found?.vulnerabilities ?? []).filter(keep));
  }

  /** Undefined for what is not about scans and labels. */
  answer(path: string, asking: Asking): Answer | undefined {
    const { seen, query, may } = asking;
    const isRead = seen.method === 'GET';
    if (isRead && path === LIST && query.has('with_label')) return this.#list(asking);
    const [, digest, rest = ''] = ARTIFACT.exec(path) ?? [];
    if (digest === undefined) return undefined;
    if (asking.user === undefined) return replay('project-repositories-anonymous-private');
    if (isRead && rest === '' && query.has('with_scan_overview')) return this.#overview(digest, may);
    if (isRead && rest === '' && query.has('with_label'))
      return may('artifact', 'read') ? { body: { labels: this.#labelsOf(digest) } } : forbidden();
    if (isRead && rest === '/additions/vulnerabilities') return this.#found(digest);
    if (seen.method === 'POST' && /^\/scan(\/stop)?$/.test(rest)) return this.#scan(digest, rest, asking);
    return rest.startsWith('/labels') ? this.#label(digest, rest.slice('/labels'.length), asking) : undefined;
  }

  #list({ query, may }: Asking): Answer {
    if (!may('artifact', 'list')) return forbidden();
    const page = this.#content.artifacts(query);
    const rows = page.body as readonly Row[];
    return {
      ...page,
      body: rows.map((row) => ({
        ...row,
        labels: this.#labelsOf(String(row.digest)),
        ...(this.#reports.has(String(row.digest))
          ? { scan_overview: this.#counted(String(row.digest)) }
          : {}),
      })),
    };
  }

  #overview(digest: string, may: Asking['may']): Answer {
    if (!may('artifact', 'read')) return forbidden();
    if (this.scanning !== undefined && this.looks-- <= 0) {
      if (this.scanning === 'vulnerability') this.report(digest);
      this.scanning = undefined;
    }
    const row = bodyOf(this.scanning === undefined ? 'artifact-scanned' : 'artifact-scan-running');
    if (this.scanning !== undefined) return { body: { ...row, digest } };
    return {
      body: { ...row, digest, scan_overview: this.#reports.has(digest) ? this.#counted(digest) : undefined },
    };
  }

  /** As Harbor counts what a report has. */
  #counted(digest: string): Row {
    const [[form, overview] = ['', {}]] = Object.entries(
      bodyOf('artifact-scanned').scan_overview as Record<string, Row>,
    );
    const found = this.#reports.get(digest) ?? [];
    const summary: Record<string, number> = {};
    for (const { severity } of found) summary[String(severity)] = (summary[String(severity)] ?? 0) + 1;
    const fixable = found.filter(({ fix_version: fix }) => fix !== '').length;
    return { [form]: { ...overview, summary: { total: found.length, fixable, summary } } };
  }

  #found(digest: string): Answer {
    const [[form, report] = ['', {}]] = Object.entries(
      bodyOf('artifact-vulnerabilities') as Record<string, Row>,
    );
    return { body: { [form]: { ...report, vulnerabilities: this.#reports.get(digest) ?? [] } } };
  }

  #scan(digest: string, rest: string, { may, seen }: Asking): Answer {
    const stop = rest.endsWith('/stop');
    if (!may('scan', stop ? 'stop' : 'create')) return replay('scan-start-developer');
    this.scanning = stop ? undefined : String(JSON.parse(seen.body.toString()).scan_type);
    return replay('scan-start', { [SCANNED]: digest });
  }

  #label(digest: string, rest: string, { may, seen }: Asking): Answer | undefined {
    const own = this.#labels.get(digest) ?? new Set();
    this.#labels.set(digest, own);
    if (seen.method === 'POST' && rest === '') {
      if (!may('artifact-label', 'create')) return forbidden();
      own.add(Number(JSON.parse(seen.body.toString()).id));
      return replay('artifact-label-add');
    }
    if (seen.method !== 'DELETE') return undefined;
    if (!may('artifact-label', 'delete')) return forbidden();
    return own.delete(Number(rest.slice(1))) ? replay('artifact-label-remove') : undefined;
  }

  #labelsOf(digest: string): readonly Row[] {
    const own = this.#labels.get(digest);
    return this.#managed.labels.filter(({ id }) => own?.has(Number(id)));
  }
}

const forbidden = (): Answer => replay('project-forbidden');
