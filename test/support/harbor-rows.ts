import { recorded, replay } from './harbor-recorded.ts';
import type { Answer, Seen } from './server.ts';

export type Row = Record<string, unknown>;

export interface Asking {
  readonly seen: Seen;
  /** As the recording names who asks; undefined for nobody. */
  readonly user: string | undefined;
  readonly query: URLSearchParams;
  /** By the rights that were recorded of the project. */
  readonly may: (resource: string, action: string) => boolean;
}
type Handle = (asking: Asking, ...parts: string[]) => Answer | undefined;
/** A method and a pattern of a path, whose groups are the parts. */
export type Route = readonly [string, Handle];

export const rowsOf = (name: string): Row[] => structuredClone(recorded(name).response.body) as Row[];
export const rowOf = (name: string): Row => structuredClone(recorded(name).response.body) as Row;
export const bodyOf = ({ seen }: Asking): Row => JSON.parse(seen.body.toString());

export const nobody = (): Answer => replay('project-repositories-anonymous-private');
export const forbidden = (): Answer => replay('project-forbidden');
export const notFound = (what: string): Answer => replay('project-not-found', { 'project nosuch': what });
export const done: Answer = { status: 200, body: '' };
const merged = (before: Row, sent: Row): Row => ({ ...before, ...sent });

/** A page of a list, with how many there are. */
export function paged(rows: readonly Row[], query: URLSearchParams): Answer {
  const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? 10)];
  return {
    headers: { 'x-total-count': String(rows.length) },
    body: rows.slice((page - 1) * size, page * size),
  };
}

/** What only the administrator may ask for. */
export function ofSystem({ user }: Asking, answer: () => Answer | undefined): Answer | undefined {
  if (user === undefined) return nobody();
  return user === 'admin' ? answer() : replay('quotas-developer', { dev: user });
}

/** Rows are made, read, changed and deleted; each new one has the next id. */
export class HarborRows {
  #next = 100;

  nextId(): number {
    return this.#next++;
  }

  add(rows: Row[], asking: Asking, row: Row = bodyOf(asking)): Answer {
    const id = this.nextId();
    rows.push({ ...row, id });
    const [path = ''] = asking.seen.url.split('?');
    return { status: 201, headers: { location: `${path}/${id}` }, body: '' };
  }

  one(rows: Row[], id: string | undefined, asking: Asking, write = merged): Answer {
    const position = rows.findIndex((row) => String(row.id) === id);
    const row = rows[position];
    if (!row) return notFound(id ?? '');
    if (asking.seen.method === 'GET') return { body: row };
    if (asking.seen.method === 'DELETE') rows.splice(position, 1);
    else return this.put(rows, id, asking, write);
    return done;
  }

  put(rows: Row[], id: string | undefined, asking: Asking, write = merged): Answer {
    const position = rows.findIndex((row) => String(row.id) === id);
    rows[position] = write(rows[position] ?? {}, bodyOf(asking));
    return done;
  }
}
