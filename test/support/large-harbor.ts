import { createHash } from 'node:crypto';
import { recorded, replay } from './harbor-recorded.ts';
import { type Answer, type Seen, startServer, type TestServer } from './server.ts';

export interface LargeHarborOptions {
  readonly projects: number;
  /** In each project. */
  readonly repositories: number;
  /** In each repository, each with a tag. */
  readonly artifacts: number;
  /** The recorded exchange that lists of projects are answered with: versions before 2.12 have none, and nobody is given one. */
  readonly refusal?: 'project-not-found' | 'project-repositories-anonymous-private';
}

interface Listed {
  readonly repository: string;
  readonly tag: string;
}

/** A Harbor of any size, whose lists are made of the recorded shapes: it has no images. */
export interface LargeHarbor extends TestServer {
  /** Takes artifacts away, as somebody who deletes them while they are listed. */
  remove(project: string, gone: (artifact: Listed) => boolean): void;
}

export async function startLargeHarbor(options: LargeHarborOptions): Promise<LargeHarbor> {
  const { projects, repositories, artifacts, refusal } = options;
  const shape = shapeOf();
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(4, '0')}`);
  const held = new Map(
    named('p', projects).map((project) => [
      project,
      named('app-', repositories).flatMap((name): Listed[] =>
        named('1.', artifacts).map((tag) => ({ repository: `${project}/${name}`, tag })),
      ),
    ]),
  );
  const paged = (rows: readonly unknown[], url: string): Answer => {
    const query = new URL(url, 'http://harbor').searchParams;
    const [page, size] = [Number(query.get('page')), Number(query.get('page_size'))];
    const body = rows.slice((page - 1) * size, page * size);
    return { headers: { 'x-total-count': String(rows.length) }, body };
  };
  const artifactOf = ({ repository, tag }: Listed): object => ({
    ...shape,
    accessories: null,
    digest: `sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`,
    repository_name: repository,
    tags: [{ name: tag, immutable: false }],
  });
  const listed = (rows: readonly Listed[], url: string): Answer => {
    const page = paged(rows, url);
    return { ...page, body: (page.body as readonly Listed[]).map(artifactOf) };
  };
  const names = [...new Set([...held.values()].flat().map(({ repository }) => repository))];
  const server = await startServer({
    'GET /v2/': ({ headers }) =>
      headers.authorization === undefined
        ? replay('v2-anonymous', { 'http://127.0.0.1:49097': `http://${headers.host}` })
        : replay('v2-basic-admin'),
    'GET /api/v2.0/repositories': ({ url }) =>
      paged(
        names.map((name) => ({ name })),
        url,
      ),
    'GET *': ({ url }: Seen) => {
      const [, project = '', repository] =
        /^\/api\/v2\.0\/projects\/([^/]+)(?:\/repositories\/([^/]+))?\/artifacts\?/.exec(url) ?? [];
      const rows = held.get(project);
      if (!rows) return replay('project-not-found');
      if (refusal && repository === undefined) return replay(refusal);
      const own = rows.filter(
        (row) => repository === undefined || row.repository === `${project}/${repository}`,
      );
      return listed(own, url);
    },
  });
  return {
    ...server,
    remove: (project, gone) => {
      held.set(
        project,
        (held.get(project) ?? []).filter((artifact) => !gone(artifact)),
      );
    },
  };
}

/** What a list says of each, without what would only make it long: 100,000 are made and read. */
function shapeOf(): object {
  const [whole = {}] = recorded('artifacts-full').response.body as readonly Record<string, unknown>[];
  const LONG = [
    'addition_links',
    'annotations',
    'extra_attrs',
    'icon',
    'labels',
    'scan_overview',
    'sbom_overview',
  ];
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !LONG.includes(key)));
}
