import { replay } from './harbor-recorded.ts';
import { HarborReplication } from './harbor-replication.ts';
import { HarborRetention } from './harbor-retention.ts';
import {
  type Asking,
  bodyOf,
  done,
  forbidden,
  HarborRows,
  nobody,
  notFound,
  ofSystem,
  paged,
  type Route,
  type Row,
  rowOf,
  rowsOf,
} from './harbor-rows.ts';
import { HarborSystem } from './harbor-system.ts';
import type { Answer } from './server.ts';

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

/**
 * What the replayed Harbor manages beside images: the recorded rows, and what becomes of them. Refusals are word for word as
 * recorded, by the rights recorded of each role.
 */
export class HarborManaged {
  readonly projects = new Map<string, Row>();
  readonly retention = new HarborRetention(this.projects);
  readonly #rows = new HarborRows();
  readonly #quotas = rowsOf('quotas');
  readonly #robots = [...rowsOf('robots-project'), ...rowsOf('robots-system')];
  readonly #rules = new Map<string, Row[]>([['locked', rowsOf('immutable-rules')]]);
  readonly #members = new Map<string, Row[]>([['team', rowsOf('members')]]);
  readonly labels = rowsOf('labels-global');

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

  readonly #routes: readonly Route[] = [
    ['GET /projects', (asking) => this.#listed(asking)],
    ['POST /projects', (asking) => this.#makeProject(asking)],
    ['GET /projects/([^/]+)', (asking, name = '') => this.#project(asking, name)],
    ['PUT /projects/([^/]+)', (asking, name = '') => this.#changeProject(asking, name)],
    ['DELETE /projects/([^/]+)', (asking, name = '') => this.#deleteProject(asking, name)],
    ['GET /projects/([^/]+)/summary', (asking, name = '') => this.#summary(asking, name)],
    ['GET /quotas', (asking) => this.#listQuotas(asking)],
    ['PUT /quotas/(\\d+)', (asking, id) => ofSystem(asking, () => this.#rows.put(this.#quotas, id, asking))],
    ['GET /robots', (asking) => this.#listRobots(asking)],
    ['POST /robots', (asking) => this.#makeRobot(asking)],
    ['(?:GET|PUT|DELETE) /robots/(\\d+)', (asking, id) => this.#robot(asking, id)],
    ['PATCH /robots/(\\d+)', (asking, id) => this.#robot(asking, id) && replay('robot-refresh-secret')],
    ['GET /permissions', (asking) => ofSystem(asking, () => replay('permissions'))],
    ...this.#inProject('immutabletagrules', 'immutable-tag', this.#rules),
    ...this.#inProject('members', 'member', this.#members),
    ['(?:GET|POST) /labels', (asking) => this.#labelled(asking)],
    ['(?:GET|PUT|DELETE) /labels/(\\d+)', (asking, id) => this.#rows.one(this.labels, id, asking)],
    ...this.retention.routes,
    ...new HarborReplication(this.#rows).routes,
    ...new HarborSystem().routes,
    [
      'GET /projects/team/auditlog-exts',
      ({ may }) => (may('log', 'list') ? replay('auditlog-exts') : forbidden()),
    ],
  ];

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
    const project_id = this.#rows.nextId();
    this.projects.set(name, { ...rowOf('project'), name, project_id, metadata, registry_id, repo_count: 0 });
    this.#quotas.push({
      id: this.#rows.nextId(),
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
    return ofSystem(asking, () => paged(rows, asking.query)) ?? done;
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
    const id = this.#rows.nextId();
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
    return asking.seen.method === 'PATCH' ? done : this.#rows.one(this.#robots, id, asking);
  }

  /** Rows below a project: listed, made, changed, deleted by the rights in it. */
  #inProject(path: string, resource: string, lists: Map<string, Row[]>): Route[] {
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
          return this.#rows.add(
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
          return asking.may(resource, action) ? this.#rows.one(of(name), id, asking) : forbidden();
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
      return this.#rows.add(this.labels, asking);
    }
    const rows = this.labels.filter(
      (row) =>
        row.scope === query.get('scope') && String(row.project_id ?? '') === (query.get('project_id') ?? ''),
    );
    return user === undefined ? nobody() : paged(rows, query);
  }
}
