import type { HarborContent } from './harbor-content.ts';
import type { HarborManaged } from './harbor-managed.ts';
import { recorded, replay } from './harbor-recorded.ts';
import type { HarborScans } from './harbor-scans.ts';
import type { Answer, Seen } from './server.ts';

/** Who asks, with the name by which the recording knows him; each is a member of the project `team`, but for `anonymous`. */
const ROLES = {
  administrator: 'admin',
  projectAdmin: 'padmin',
  developer: 'dev',
  guest: 'guest',
  robot: 'robotfull',
  anonymous: undefined,
} as const;
/** Names that differ from the recording's. */
const NAMES: Readonly<Record<string, string>> = { robotfull: 'robot$team+ci' };
export type Role = keyof typeof ROLES;

const PASSWORD = 'Harbor12345';

export function credentialsOf(role: Role) {
  const user = ROLES[role];
  if (user === undefined) return undefined;
  return { kind: 'password', username: NAMES[user] ?? user, password: PASSWORD } as const;
}

interface Right {
  readonly resource: string;
  readonly action: string;
}

/** As `/users/current/permissions` reported it for the project; whoever is not signed in has none. */
function may(user: string | undefined, resource: string, action: string): boolean {
  if (user === undefined) return false;
  const rights = recorded(`users-current-permissions-${user}`).response.body as readonly Right[];
  return rights.some((right) => right.resource === resource && right.action === action);
}

/** What a token may do, by the same rights. */
const ACTIONS: Readonly<Record<string, Right>> = {
  pull: { resource: 'repository', action: 'pull' },
  push: { resource: 'repository', action: 'push' },
  delete: { resource: 'artifact', action: 'delete' },
};

interface Token {
  readonly user?: string;
  readonly access: Readonly<Record<string, readonly string[]>>;
}

/** Where the recording was made. */
const RECORDED_AT = 'http://127.0.0.1:49097';
const PROJECT = '/api/v2.0/projects/team/repositories/';

/** What a replayed Harbor holds. */
export interface Held {
  readonly content: HarborContent;
  readonly managed: HarborManaged;
  readonly scans: HarborScans;
}

/** As the recorded Harbor answered; undefined for a request that we should not make. */
export function answerTo(held: Held, seen: Seen): Answer | undefined {
  const { pathname, searchParams } = new URL(seen.url, 'http://harbor');
  if (pathname === '/service/token') return token(seen, searchParams.getAll('scope'));
  if (pathname.startsWith('/api/v2.0/')) return api(held, seen, pathname, searchParams);
  if (pathname.startsWith('/v2/')) return protocol(held.content, seen, pathname);
  return undefined;
}

/** The user whose password it is; `undefined` without one, `null` for a wrong one. */
function userOf({ headers }: Seen): string | undefined | null {
  const encoded = /^Basic (.*)$/.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [name, password] = Buffer.from(encoded, 'base64').toString().split(':');
  const known = Object.values(ROLES).find((user) => user !== undefined && (NAMES[user] ?? user) === name);
  return known !== undefined && password === PASSWORD ? known : null;
}

function token(seen: Seen, scopes: readonly string[]): Answer {
  // A wrong password shows in nothing where a scope is asked for: an anonymous token is handed out.
  const user = userOf(seen) ?? undefined;
  if (user === undefined && scopes.length === 0) return replay('service-token-anonymous-no-scope');
  const access = Object.fromEntries(
    scopes.map((scope) => {
      const [, name = '', asked = ''] = /^repository:(.+):([^:]*)$/.exec(scope) ?? [];
      const given = asked.split(',').filter((action) => {
        const right = ACTIONS[action];
        return right && name.startsWith('team/') && may(user, right.resource, right.action);
      });
      return [name, given];
    }),
  );
  const made: Token = { ...(user === undefined ? {} : { user }), access };
  const text = Buffer.from(JSON.stringify(made)).toString('base64url');
  return replay('service-token-member', { '<jwt>': text });
}

/** Undefined where there is none. */
function tokenOf({ headers }: Seen): Token | undefined {
  const text = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1];
  return text === undefined ? undefined : JSON.parse(Buffer.from(text, 'base64url').toString());
}

const NEEDS: Readonly<Record<string, string>> = {
  GET: 'pull',
  HEAD: 'pull',
  PUT: 'push',
  POST: 'push',
  DELETE: 'delete',
};

function protocol(content: HarborContent, seen: Seen, pathname: string): Answer | undefined {
  const own = { [RECORDED_AT]: `http://${seen.headers.host}` };
  const held = tokenOf(seen);
  if (userOf(seen) === null) return replay('v2-basic-wrong');
  if (pathname === '/v2/') {
    if (held) return replay('v2-basic-admin');
    return seen.headers.authorization === undefined ? replay('v2-anonymous', own) : undefined;
  }
  // Asked for in place of the API, which refused a wrong password: the token is one of nobody.
  if (pathname === '/v2/_catalog' && held && held.user === undefined)
    return replay('v2-catalog-anonymous', own);
  const [, repository, rest] = /^\/v2\/((?:team|nosuch)\/web)\/(.+)$/.exec(pathname) ?? [];
  if (repository === undefined || rest === undefined) return undefined;
  const action = NEEDS[seen.method] ?? '';
  if (!held) {
    if (seen.headers.authorization !== undefined) return undefined;
    return replay('v2-manifest-anonymous', { ...own, ':pull"': `:${action}"` });
  }
  if (repository.startsWith('nosuch/')) return replay('v2-manifest-no-project');
  if (!held.access[repository]?.includes(action))
    return replay('v2-manifest-no-right-basic', { 'action: pull': `action: ${action}` });
  return content.answer(seen, rest);
}

function api(
  { content, managed, scans }: Held,
  seen: Seen,
  pathname: string,
  query: URLSearchParams,
): Answer | undefined {
  if (!(seen.headers.accept ?? '').includes('application/json')) return { status: 422 };
  const user = userOf(seen);
  if (user === null) return replay('users-current-wrong');
  const own = pathname.slice('/api/v2.0'.length);
  const asking = {
    seen,
    user,
    query,
    may: (resource: string, action: string) => may(user, resource, action),
  };
  const other =
    (own === '/projects/team' && content.caches ? replay('project-proxy-cache') : whoIs(own, user, query)) ??
    managed.answer(own, asking) ??
    scans.answer(own, asking);
  if (other) return other;
  if (pathname.startsWith(COLLECTIONS)) return collections(seen, user, pathname.slice(COLLECTIONS.length));
  if (seen.headers.authorization?.startsWith('Bearer')) return undefined;
  if (seen.method === 'GET' && pathname === '/api/v2.0/repositories') return listOf(user);
  if (pathname === '/api/v2.0/projects/nosuch/repositories/web/artifacts') return replay('project-not-found');
  if (seen.method === 'GET' && pathname === '/api/v2.0/projects/team/artifacts') {
    if (!may(user, 'artifact', 'list')) return replay('project-repositories-forbidden');
    return content.artifacts(query);
  }
  if (
    content.alone &&
    /^GET .*\/artifacts$/.test(`${seen.method} ${pathname}`) &&
    !pathname.includes('/web/')
  )
    return { headers: { 'x-total-count': '0' }, body: [] };
  if (!pathname.startsWith(`${PROJECT}web/artifacts`)) return undefined;
  const rest = pathname.slice(`${PROJECT}web/artifacts`.length);
  if (seen.method === 'GET' && rest === '') {
    if (user === undefined) return replay('project-repositories-anonymous-private');
    if (!may(user, 'artifact', 'list')) return replay('project-repositories-forbidden');
    return query.get('with_tag') === 'true' ? content.artifacts(query) : undefined;
  }
  const [, one] = /^\/(sha256:[0-9a-f]{64}|[\w.-]+)$/.exec(rest) ?? [];
  if (seen.method === 'GET' && one !== undefined) {
    if (user === undefined) return replay('project-repositories-anonymous-private');
    if (!may(user, 'artifact', 'read')) return replay('project-repositories-forbidden');
    return query.get('with_tag') === 'true' ? content.artifact(one, query) : undefined;
  }
  const [, digest, tag] = /^\/(sha256:[0-9a-f]{64})\/tags\/(.+)$/.exec(rest) ?? [];
  if (seen.method !== 'DELETE' || digest === undefined || tag === undefined) return undefined;
  if (!may(user, 'tag', 'delete')) return replay('tag-delete-developer');
  return content.deleteTag(digest, tag);
}

/** Who is signed in, and what he may in the project. */
function whoIs(path: string, user: string | undefined, query: URLSearchParams): Answer | undefined {
  if (path === '/users/current') {
    if (user === undefined) return replay('users-current-anonymous');
    if (user === ROLES.administrator || user === ROLES.robot)
      return replay(`users-current-${user === ROLES.robot ? user : 'admin'}`);
    return replay('users-current-dev', { '"dev"': `"${user}"` });
  }
  if (path !== '/users/current/permissions') return undefined;
  if (user === undefined) return replay('users-current-anonymous');
  const isProject = query.get('scope')?.startsWith('/project/') && query.get('relative') === 'true';
  return isProject ? replay(`users-current-permissions-${user}`) : undefined;
}

const COLLECTIONS = '/api/v2.0/system/gc';
/** The runs that were recorded, by their ids: a dry run and the run after it. */
const RUNS = { '13': 'gc-dry-run-log', '14': 'gc-run-log' } as const;

/** As it was recorded: a dry run, then a run, which the first look finds under way. */
function collections(seen: Seen, user: string | undefined, rest: string): Answer | undefined {
  if (user !== ROLES.administrator) return replay('gc-developer');
  if (seen.method === 'GET' && rest === '') return replay('gc-history');
  if (seen.method === 'POST' && rest === '/schedule') {
    const { parameters } = JSON.parse(seen.body.toString()) as { parameters: { dry_run: boolean } };
    return replay(parameters.dry_run ? 'gc-dry-run-2' : 'gc-run');
  }
  const [, id, log] = /^\/(13|14)(\/log)?$/.exec(rest) ?? [];
  if (seen.method !== 'GET' || (id !== '13' && id !== '14')) return undefined;
  if (log !== undefined) return { ...replay(RUNS[id]), body: recorded(RUNS[id]).response.body as string };
  if (id === '14') return replay('gc-one');
  const runs = recorded('gc-history').response.body as readonly { id: number }[];
  return { body: runs.find((run) => run.id === 13) ?? {} };
}

/** Recorded of a developer and of whoever is not signed in; the others' are made up of what they may see. */
function listOf(user: string | undefined): Answer {
  if (user === undefined) return replay('repositories-anonymous');
  return replay(user === ROLES.developer ? 'repositories-dev' : 'repositories-robotfull');
}
