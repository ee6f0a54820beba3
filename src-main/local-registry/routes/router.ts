import { isName } from '../grammar.ts';
import { SIGNED_IN } from '../http/access.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { AccessNeed } from '../options.ts';
import { RegistryError } from '../registry-error.ts';
import { deleteBlob, readBlob } from './blobs.ts';
import { listRepositories, listTags } from './listing.ts';
import { deleteManifest, pushManifest, readManifest } from './manifests.ts';
import { listReferrers } from './referrers.ts';
import { appendChunk, cancelUpload, finishUpload, startUpload, uploadStatus } from './uploads.ts';

/** `last` is the path's last part: a reference, a digest or a session's id. */
type Handler = (context: RequestContext, repository: string, last: string) => Reply | Promise<Reply>;

interface Action {
  actions: string[];
  handle: Handler;
}

interface Route {
  /** Groups: the repository's name, the last part. */
  path: RegExp;
  methods: Record<string, Action>;
}

const pull = (handle: Handler): Action => ({ actions: ['pull'], handle });
const push = (handle: Handler): Action => ({ actions: ['pull', 'push'], handle });
const remove = (handle: Handler): Action => ({ actions: ['delete'], handle });
const ping: Action = { actions: [], handle: () => jsonReply(200, {}) };
const catalog: Action = { actions: ['*'], handle: listRepositories };

/** Tried in order. Names hold slashes, so a name is everything before the route's own last parts. */
const ROUTES: readonly Route[] = [
  { path: /^\/v2\/?$/, methods: { GET: ping, HEAD: ping } },
  { path: /^\/v2\/_catalog$/, methods: { GET: catalog, HEAD: catalog } },
  { path: /^\/v2\/(.+)\/tags\/list$/, methods: { GET: pull(listTags), HEAD: pull(listTags) } },
  {
    path: /^\/v2\/(.+)\/manifests\/([^/]+)$/,
    methods: {
      GET: pull(readManifest),
      HEAD: pull(readManifest),
      PUT: push(pushManifest),
      DELETE: remove(deleteManifest),
    },
  },
  { path: /^\/v2\/(.+)\/blobs\/uploads\/?$/, methods: { POST: push(startUpload) } },
  {
    path: /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/,
    methods: {
      GET: push(uploadStatus),
      HEAD: push(uploadStatus),
      PATCH: push(appendChunk),
      PUT: push(finishUpload),
      DELETE: push(cancelUpload),
    },
  },
  {
    path: /^\/v2\/(.+)\/blobs\/([^/]+)$/,
    methods: { GET: pull(readBlob), HEAD: pull(readBlob), DELETE: remove(deleteBlob) },
  },
  {
    path: /^\/v2\/(.+)\/referrers\/([^/]+)$/,
    methods: { GET: pull(listReferrers), HEAD: pull(listReferrers) },
  },
];

/** Answers one request. @throws {RegistryError} for every answer that is an error. */
export async function answer(context: RequestContext, rawPath: string): Promise<Reply> {
  const path = decoded(rawPath);
  const route = ROUTES.find((candidate) => candidate.path.test(path));
  if (!route) throw new RegistryError(404, 'UNSUPPORTED', 'page not found');
  const action = Object.hasOwn(route.methods, context.method) ? route.methods[context.method] : undefined;
  if (!action) {
    throw new RegistryError(405, 'UNSUPPORTED', `${context.method} is not supported here`, {
      headers: { allow: Object.keys(route.methods).join(', ') },
    });
  }
  const [, name, last = ''] = route.path.exec(path) ?? [];
  if (name !== undefined && !isName(name)) {
    throw new RegistryError(400, 'NAME_INVALID', 'invalid repository name', {
      detail: { name: name.slice(0, 300) },
    });
  }
  context.access.demand(context.headers.authorization, need(action, name));
  return action.handle(context, name ?? '', last);
}

function need({ actions }: Action, name: string | undefined): AccessNeed {
  if (name !== undefined) return { type: 'repository', name, actions };
  return actions.length === 0 ? SIGNED_IN : { type: 'registry', name: 'catalog', actions };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new RegistryError(404, 'UNSUPPORTED', 'page not found');
  }
}
