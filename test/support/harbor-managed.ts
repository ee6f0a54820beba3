import { endpointRow } from './harbor-endpoints.ts';
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

const rowsOf = (name: string): Row[] => structuredClone(recorded(name).response.body) as Row[];
const rowOf = (name: string): Row => structuredClone(recorded(name).response.body) as Row;

/** Lists of projects are recorded of these; of other members they are a developer's. */
const PROJECTS: Readonly<Record<string, string>> = {
  admin: 'projects-admin',
  robotfull: 'projects-robotfull',
  anonymous: 'projects-anonymous',
};
const ROLE_IDS: Readonly<Record<string, readonly number[]>> = {
  admin: [1],
  padmin: [1],
  dev: [2],
  guest: [3],
};

const nobody = (): Answer => replay('project-repositories-anonymous-private');
const forbidden = (): Answer => replay('project-forbidden');
const notFound = (what: string): Answer => replay('project-not-found', { 'project nosuch': what });
const merged = (before: Row, sent: Row): Row => ({ ...before, ...sent });
const done: Answer = { status: 200, body: '' };

/** A page of a list, with how many there are. */
function paged(rows: readonly Row[], query: URLSearchParams): Answer {
  const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? 10)];
  return {
    headers: { 'x-total-count': String(rows.length) },
    body: rows.slice((page - 1) * size, page * size),
  };
}

/**
 * What the replayed Harbor manages beside images: the recorded rows, and what becomes of them. Refusals are word for word as
 * recorded, by the rights recorded of each role.
 */
export class HarborManaged {
  readonly projects = new Map<string, Row>();
  readonly #quotas = rowsOf('quotas');
  readonly #robots = [...rowsOf('robots-project'), ...rowsOf('robots-system')];
  readonly #rules = new Map<string, Row[]>([['locked', rowsOf('immutable-rules')]]);
  readonly #members = new Map<string, Row[]>([['team', rowsOf('members')]]);
  readonly labels = rowsOf('labels-global');
  readonly #registries = rowsOf('registries');
  readonly #policies = rowsOf('replication-policies');
  readonly #schedules = new Map<string, Row>([['gc', rowOf('gc-schedule')]]);
  #retention: Row = rowOf('retention');
  #allowList: Row = rowOf('cve-allowlist');
  /** Names in place of recorded ones, in what a run of retention says. */
  retained: Readonly<Record<string, string>> = {};
  #next = 100;

  constructor() {
    for (const row of rowsOf('projects-admin')) this.projects.set(String(row.name), row);
    this.projects.set('team', rowOf('project-with-retention'));
  }

  /** Undefined for what was never asked of it. */
  answer(path: string, asking: Asking): Answer | undefined {
    for (const [route, handle] of this.#routes) {
      const found = new RegExp(`^${route}$`).exec(`${asking.seen.method} ${path}`);
      if (found) return handle(asking, ...found.slice(1));
    }
    return undefined;
  }

  readonly #routes: readonly (readonly [string, Handle])[] = [
    ['GET /projects', (asking) => this.#listed(asking)],
    ['POST /projects', (asking) => this.#makeProject(asking)],
    ['GET /projects/([^/]+)', (asking, name = '') => this.#project(asking, name)],
    ['PUT /projects/([^/]+)', (asking, name = '') => this.#changeProject(asking, name)],
    ['DELETE /projects/([^/]+)', (asking, name = '') => this.#deleteProject(asking, name)],
    ['GET /projects/([^/]+)/summary', (asking, name = '') => this.#summary(asking, name)],
    ['GET /quotas', (asking) => this.#listQuotas(asking)],
    ['PUT /quotas/(\\d+)', (asking, id) => this.#system(asking, () => this.#put(this.#quotas, id, asking))],
    ['GET /robots', (asking) => this.#listRobots(asking)],
    ['POST /robots', (asking) => this.#makeRobot(asking)],
    ['(?:GET|PUT|DELETE) /robots/(\\d+)', (asking, id) => this.#robot(asking, id)],
    ['PATCH /robots/(\\d+)', (asking, id) => this.#robot(asking, id) && replay('robot-refresh-secret')],
    ['GET /permissions', (asking) => this.#system(asking, () => replay('permissions'))],
    ...this.#inProject('immutabletagrules', 'immutable-tag', this.#rules),
    ...this.#inProject('members', 'member', this.#members),
    ['(?:GET|POST) /labels', (asking) => this.#labelled(asking)],
    ['(?:GET|PUT|DELETE) /labels/(\\d+)', (asking, id) => this.#one(this.labels, id, asking)],
    ['POST /retentions', (asking) => this.#makeRetention(asking)],
    ['(?:GET|PUT) /retentions/1', (asking) => this.#policy(asking)],
    ['(?:GET|POST) /retentions/1/executions', (asking) => this.#retained(asking)],
    ['PATCH /retentions/1/executions/6', (asking) => this.#policy(asking) && replay('retention-stop')],
    ['GET /retentions/1/executions/5/tasks', () => replay('retention-tasks', this.retained)],
    [
      'GET /retentions/1/executions/5/tasks/[56]',
      () => ({
        ...replay('retention-task-log'),
        body: Object.entries(this.retained).reduce(
          (text, [from, to]) => text.replaceAll(from, to),
          recorded('retention-task-log').response.body as string,
        ),
      }),
    ],
    ['GET /registries', (asking) => this.#system(asking, () => paged(this.#registries, asking.query))],
    [
      'POST /registries',
      (asking) =>
        this.#system(asking, () => this.#add(this.#registries, asking, endpointRow({}, bodyOf(asking)))),
    ],
    [
      '(?:GET|PUT|DELETE) /registries/(\\d+)',
      (asking, id) => this.#system(asking, () => this.#one(this.#registries, id, asking, endpointRow)),
    ],
    ['GET /replication/adapters', (asking) => this.#system(asking, () => replay('replication-adapters'))],
    [
      'GET /replication/policies',
      (asking) => this.#system(asking, () => paged(this.#policies, asking.query)),
    ],
    ['POST /replication/policies', (asking) => this.#system(asking, () => this.#add(this.#policies, asking))],
    [
      '(?:GET|PUT|DELETE) /replication/policies/(\\d+)',
      (asking, id) => this.#system(asking, () => this.#one(this.#policies, id, asking)),
    ],
    ['GET /replication/executions', (asking) => this.#system(asking, () => replay('replication-executions'))],
    ['POST /replication/executions', (asking) => this.#system(asking, () => replay('replication-start'))],
    ['GET /replication/executions/12', () => ({ body: rowsOf('replication-executions')[0] ?? {} })],
    ['PUT /replication/executions/12', () => done],
    ['GET /replication/executions/12/tasks', () => replay('replication-tasks')],
    [
      'GET /replication/executions/12/tasks/14/log',
      () => ({
        ...replay('replication-task-log'),
        body: recorded('replication-task-log').response.body as string,
      }),
    ],
    ['(?:GET|PUT) /system/CVEAllowlist', (asking) => this.#allowed(asking)],
    [
      '(?:GET|PUT) /system/(gc|scanAll)/schedule',
      (asking, of = '') => this.#system(asking, () => this.#schedule(asking, of)),
    ],
    [
      'GET /systeminfo',
      ({ user }) => replay(user === undefined ? 'systeminfo-anonymous' : 'systeminfo-admin'),
    ],
    ['GET /scans/all/metrics', (asking) => this.#system(asking, () => this.#allScanned())],
    ['POST /system/scanAll/schedule', (asking) => this.#system(asking, () => this.#scanAll(2))],
    ['POST /system/scanAll/stop', (asking) => this.#system(asking, () => this.#scanAll(0))],
    ['GET /health', () => replay('health')],
    ['GET /statistics', ({ user }) => replay(user === 'admin' ? 'statistics' : 'statistics-developer')],
    [
      'GET /auditlog-exts',
      ({ user }) => replay(user === 'admin' ? 'auditlog-exts' : 'auditlog-exts-developer'),
    ],
    [
      'GET /projects/team/auditlog-exts',
      ({ may }) => (may('log', 'list') ? replay('auditlog-exts') : forbidden()),
    ],
  ];

  /** Looks at the scan of everything until it has ended. */
  #looks = 0;

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

  #listed({ user, query }: Asking): Answer {
    const listed = rowsOf(PROJECTS[user ?? 'anonymous'] ?? 'projects-dev');
    const names = new Set(listed.map(({ name }) => name));
    const rows = [...this.projects.values()].filter(({ name }) => user === 'admin' || names.has(name));
    return paged(
      rows.map((row) => ({ ...row, current_user_role_ids: this.#roles(row, user) })),
      query,
    );
  }

  #roles({ metadata }: Row, user: string | undefined): readonly number[] | null {
    const isPublic = (metadata as Row).public === 'true';
    return isPublic && user !== 'admin' ? null : (ROLE_IDS[user ?? ''] ?? null);
  }

  #makeProject(asking: Asking): Answer {
    const { user } = asking;
    if (user === undefined) return nobody();
    const { project_name: name, metadata, registry_id } = bodyOf(asking) as { project_name: string } & Row;
    if (this.projects.has(name)) return replay('projects-create-conflict', { 'named pub': `named ${name}` });
    const project_id = this.#next++;
    this.projects.set(name, { ...rowOf('project'), name, project_id, metadata, registry_id, repo_count: 0 });
    this.#quotas.push({
      id: this.#next++,
      ref: { id: project_id, name },
      hard: { storage: -1 },
      used: { storage: 0 },
    });
    return { status: 201, headers: { location: `/api/v2.0/projects/${project_id}` }, body: '' };
  }

  #project({ user }: Asking, name: string): Answer {
    const found = this.projects.get(name);
    if (!found) return notFound(`project ${name}`);
    const isPublic = (found.metadata as Row).public === 'true';
    if (user === undefined && !isPublic) return nobody();
    if (user !== 'admin' && name === 'secret') return forbidden();
    return { body: { ...found, current_user_role_ids: this.#roles(found, user) } };
  }

  #changeProject(asking: Asking, name: string): Answer {
    const found = this.projects.get(name);
    if (!found) return notFound(`project ${name}`);
    if (!asking.may('.', 'update')) return forbidden();
    const { metadata, cve_allowlist = found.cve_allowlist } = bodyOf(asking);
    const merged = { ...(found.metadata as Row), ...(metadata as Row) };
    this.projects.set(name, { ...found, metadata: merged, cve_allowlist });
    return done;
  }

  #deleteProject(asking: Asking, name: string): Answer {
    const found = this.projects.get(name);
    if (!found) return notFound(`project ${name}`);
    if (!asking.may('.', 'delete')) return forbidden();
    if (found.repo_count !== 0) return replay('project-delete-nonempty');
    this.projects.delete(name);
    return done;
  }

  #summary({ may }: Asking, name: string): Answer {
    if (!may('quota', 'read')) return forbidden();
    const quota = this.#quotas.find(({ ref }) => (ref as Row).name === name);
    return { body: { ...rowOf('project-summary'), quota: { hard: quota?.hard, used: quota?.used } } };
  }

  #listQuotas(asking: Asking): Answer {
    const of = asking.query.get('reference_id');
    const rows = this.#quotas.filter(({ ref }) => of === null || String((ref as Row).id) === of);
    return this.#system(asking, () => paged(rows, asking.query)) ?? done;
  }

  #listRobots(asking: Asking): Answer {
    const { query, user, may } = asking;
    const level = query.get('q')?.startsWith('Level=system') ? 'system' : 'project';
    if (user === undefined) return nobody();
    if (level === 'system' ? user !== 'admin' : !may('robot', 'list')) return forbidden();
    return paged(
      this.#robots.filter((row) => row.level === level),
      query,
    );
  }

  #makeRobot(asking: Asking): Answer {
    const { name, level, ...rest } = bodyOf(asking);
    if (level === 'system' ? asking.user !== 'admin' : !asking.may('robot', 'create')) return forbidden();
    const id = this.#next++;
    const [{ namespace }] = rest.permissions as [{ namespace: string }];
    const whole = level === 'system' ? `robot$${name}` : `robot$${namespace}+${name}`;
    this.#robots.push({ ...rest, id, name: whole, level, editable: true, expires_at: -1 });
    const made = { ...rowOf('robots-create-project'), id, name: whole };
    return { status: 201, headers: { location: `/api/v2.0/robots/${id}` }, body: made };
  }

  #robot(asking: Asking, id: string | undefined): Answer | undefined {
    const action = { GET: 'read', PUT: 'update', PATCH: 'update' }[asking.seen.method] ?? 'delete';
    const level = this.#robots.find((row) => String(row.id) === id)?.level;
    if (level === 'system' ? asking.user !== 'admin' : !asking.may('robot', action)) return forbidden();
    return asking.seen.method === 'PATCH' ? done : this.#one(this.#robots, id, asking);
  }

  /** Rows below a project: listed, made, changed, deleted by the rights in it. */
  #inProject(path: string, resource: string, lists: Map<string, Row[]>): [string, Handle][] {
    const at = `/projects/([^/]+)/${path}`;
    const of = (name: string) => lists.get(name) ?? lists.set(name, []).get(name) ?? [];
    return [
      [
        `GET ${at}`,
        (asking, name = '') => (asking.may(resource, 'list') ? paged(of(name), asking.query) : forbidden()),
      ],
      [
        `POST ${at}`,
        (asking, name = '') => {
          if (!asking.may(resource, 'create')) return forbidden();
          const { member_user: user, ...row } = bodyOf(asking) as {
            member_user?: { username: string };
          } & Row;
          return this.#add(
            of(name),
            asking,
            user ? { ...row, entity_name: user.username, entity_type: 'u' } : row,
          );
        },
      ],
      [
        `(?:GET|PUT|DELETE) ${at}/(\\d+)`,
        (asking, name = '', id) => {
          const action = { GET: 'list', PUT: 'update' }[asking.seen.method] ?? 'delete';
          return asking.may(resource, action) ? this.#one(of(name), id, asking) : forbidden();
        },
      ],
    ];
  }

  #labelled(asking: Asking): Answer | undefined {
    const { query, user, seen } = asking;
    if (seen.method === 'POST') {
      const { scope } = bodyOf(asking);
      if (scope === 'g' ? user !== 'admin' : !asking.may('label', 'create'))
        return replay('labels-create-project');
      return this.#add(this.labels, asking);
    }
    const rows = this.labels.filter(
      (row) =>
        row.scope === query.get('scope') && String(row.project_id ?? '') === (query.get('project_id') ?? ''),
    );
    return user === undefined ? nobody() : paged(rows, query);
  }

  #policy(asking: Asking): Answer {
    const isRead = asking.seen.method === 'GET';
    if (!asking.may('tag-retention', isRead ? 'read' : 'update')) return replay('retention-guest');
    if (isRead) return { body: this.#retention };
    if (asking.seen.method === 'PUT') this.#retention = { ...this.#retention, ...bodyOf(asking) };
    return done;
  }

  #makeRetention(asking: Asking): Answer {
    if (!asking.may('tag-retention', 'create')) return forbidden();
    this.#retention = { ...bodyOf(asking), id: 1 };
    const { ref } = this.#retention.scope as { ref: number };
    for (const [name, row] of this.projects)
      if (row.project_id === ref)
        this.projects.set(name, { ...row, metadata: { ...(row.metadata as Row), retention_id: '1' } });
    return replay('retention-create');
  }

  #retained(asking: Asking): Answer {
    const isList = asking.seen.method === 'GET';
    if (!asking.may('tag-retention', isList ? 'list' : 'update')) return replay('retention-guest');
    if (isList) return replay('retention-executions');
    return replay(bodyOf(asking).dry_run ? 'retention-dry-run' : 'retention-run');
  }

  #allowed(asking: Asking): Answer | undefined {
    if (asking.user === undefined) return nobody();
    if (asking.seen.method === 'GET') return { body: this.#allowList };
    return this.#system(asking, () => {
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

  #system({ user }: Asking, answer: () => Answer | undefined): Answer | undefined {
    if (user === undefined) return nobody();
    return user === 'admin' ? answer() : replay('quotas-developer', { dev: user });
  }

  #add(rows: Row[], asking: Asking, row: Row = bodyOf(asking)): Answer {
    const id = this.#next++;
    rows.push({ ...row, id });
    const [path = ''] = asking.seen.url.split('?');
    return { status: 201, headers: { location: `${path}/${id}` }, body: '' };
  }

  #one(rows: Row[], id: string | undefined, asking: Asking, write = merged): Answer {
    const position = rows.findIndex((row) => String(row.id) === id);
    const row = rows[position];
    if (!row) return notFound(id ?? '');
    if (asking.seen.method === 'GET') return { body: row };
    if (asking.seen.method === 'DELETE') rows.splice(position, 1);
    else return this.#put(rows, id, asking, write);
    return done;
  }

  #put(rows: Row[], id: string | undefined, asking: Asking, write = merged): Answer {
    const position = rows.findIndex((row) => String(row.id) === id);
    rows[position] = write(rows[position] ?? {}, bodyOf(asking));
    return done;
  }
}

const bodyOf = ({ seen }: Asking): Row => JSON.parse(seen.body.toString());
