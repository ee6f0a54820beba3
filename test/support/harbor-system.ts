import { replay } from './harbor-recorded.ts';
import { type Asking, bodyOf, done, nobody, ofSystem, type Route, type Row, rowOf } from './harbor-rows.ts';
import type { Answer } from './server.ts';

/** What the replayed Harbor says of itself, and does for all projects: schedules, the list of findings that are let pass, the scan of everything. */
export class HarborSystem {
  readonly #schedules = new Map<string, Row>([['gc', rowOf('gc-schedule')]]);
  #allowList: Row = rowOf('cve-allowlist');
  /** Looks at the scan of everything until it has ended. */
  #looks = 0;

  readonly routes: readonly Route[] = [
    ['(?:GET|PUT) /system/CVEAllowlist', (asking) => this.#allowed(asking)],
    [
      '(?:GET|PUT) /system/(gc|scanAll)/schedule',
      (asking, of = '') => ofSystem(asking, () => this.#schedule(asking, of)),
    ],
    [
      'GET /systeminfo',
      ({ user }) => replay(user === undefined ? 'systeminfo-anonymous' : 'systeminfo-admin'),
    ],
    ['GET /scans/all/metrics', (asking) => ofSystem(asking, () => this.#allScanned())],
    ['POST /system/scanAll/schedule', (asking) => ofSystem(asking, () => this.#scanAll(2))],
    ['POST /system/scanAll/stop', (asking) => ofSystem(asking, () => this.#scanAll(0))],
    ['GET /health', () => replay('health')],
    ['GET /statistics', ({ user }) => replay(user === 'admin' ? 'statistics' : 'statistics-developer')],
    [
      'GET /auditlog-exts',
      ({ user }) => replay(user === 'admin' ? 'auditlog-exts' : 'auditlog-exts-developer'),
    ],
  ];

  #scanAll(looks: number): Answer {
    this.#looks = looks;
    return replay('scan-all-start');
  }

  /** Under way as recorded; the end has the same counts. */
  #allScanned(): Answer {
    if (this.#looks-- > 0) return replay('scan-all-metrics-running');
    const ended = { ...rowOf('scan-all-metrics-running'), completed: 21, ongoing: false };
    return { body: { ...ended, metrics: { Success: 21 } } };
  }

  #allowed(asking: Asking): Answer | undefined {
    if (asking.user === undefined) return nobody();
    if (asking.seen.method === 'GET') return { body: this.#allowList };
    return ofSystem(asking, () => {
      this.#allowList = { ...this.#allowList, expires_at: undefined, ...bodyOf(asking) };
      return done;
    });
  }

  #schedule(asking: Asking, of: string): Answer {
    if (asking.seen.method === 'GET') {
      const found = this.#schedules.get(of);
      return found ? { body: found } : replay('gc-schedule-none');
    }
    const { schedule, parameters } = bodyOf(asking) as { schedule: Row; parameters?: Row };
    if (schedule.type === 'None') this.#schedules.delete(of);
    else this.#schedules.set(of, { schedule, job_parameters: JSON.stringify(parameters ?? {}) });
    return done;
  }
}
