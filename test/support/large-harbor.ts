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
  /** The artifact as JSON: made once, and not with each page. */
  readonly text: string;
}

/** A Harbor of any size, whose lists are made of the recorded shapes: it has no images. */
export interface LargeHarbor extends TestServer {
  /** Takes artifacts away, as somebody who deletes them while they are listed. */
  remove(project: string, gone: (artifact: Listed) => boolean): void;
}

export async function startLargeHarbor(options: LargeHarborOptions): Promise<LargeHarbor> {
  const { projects, repositories, artifacts, refusal } = options;
  const textOf = artifactTexts();
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(4, '0')}`);
  const held = new Map(
    named('p', projects).map((project) => [
      project,
      named('app-', repositories).flatMap((name): Listed[] => {
        const repository = `${project}/${name}`;
        return named('1.', artifacts).map((tag) => ({ repository, tag, text: textOf(repository, tag) }));
      }),
    ]),
  );
  /** A page of a list of texts, each JSON. */
  const paged = (rows: readonly string[], url: string): Answer => {
    const query = new URL(url, 'http://harbor').searchParams;
    const [page, size] = [Number(query.get('page')), Number(query.get('page_size'))];
    const headers = { 'content-type': 'application/json', 'x-total-count': String(rows.length) };
    return { headers, body: `[${rows.slice((page - 1) * size, page * size).join()}]` };
  };
  const names = [...new Set([...held.values()].flat().map(({ repository }) => repository))];
  const server = await startServer({
    'GET /v2/': ({ headers }) =>
      headers.authorization === undefined
        ? replay('v2-anonymous', { 'http://127.0.0.1:49097': `http://${headers.host}` })
        : replay('v2-basic-admin'),
    'GET /api/v2.0/repositories': ({ url }) =>
      paged(
        names.map((name) => JSON.stringify({ name })),
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
      return paged(
        own.map(({ text }) => text),
        url,
      );
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

/** Fields of a recorded artifact that are read; the others would only make it long. */
const READ = [
  'artifact_type',
  'manifest_media_type',
  'media_type',
  'pull_time',
  'push_time',
  'references',
  'size',
] as const;

/** Writes artifacts in the recorded shape, each with a digest of its own. */
function artifactTexts(): (repository: string, tag: string) => string {
  const [whole = {}] = recorded('artifacts-full').response.body as readonly Record<string, unknown>[];
  const shape = JSON.stringify(Object.fromEntries(READ.map((key) => [key, whole[key]]))).slice(1);
  let count = 0;
  return (repository, tag) => {
    const digest = `sha256:${(++count).toString(16).padStart(64, '0')}`;
    const own = {
      accessories: null,
      digest,
      repository_name: repository,
      tags: [{ name: tag, immutable: false }],
    };
    return `${JSON.stringify(own).slice(0, -1)},${shape}`;
  };
}
