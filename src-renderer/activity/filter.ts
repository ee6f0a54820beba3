import type { AuditFilter, RESULTS } from '../../src-main/common/audit.ts';

/** What the address of the page picks out. */
export interface ActivitySearch {
  readonly filter?: string | undefined;
  readonly kind?: string | undefined;
  readonly result?: (typeof RESULTS)[number] | undefined;
  readonly registry?: string | undefined;
  readonly user?: string | undefined;
  /** The first and the last day, of this machine's time. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** As the record is asked for it. */
export function auditFilterOf(search: ActivitySearch): AuditFilter {
  const { filter, kind, result, registry, user, since, until } = search;
  const text = filter?.trim();
  return {
    ...(text ? { text } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(result === undefined ? {} : { result }),
    ...(registry === undefined ? {} : { registry }),
    ...(user === undefined ? {} : { user }),
    ...(since === undefined ? {} : { since: midnight(since, 0) }),
    ...(until === undefined ? {} : { until: midnight(until, 1) }),
  };
}

/** The instant at which a day begins here. @param later so many days after it */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
