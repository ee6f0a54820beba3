import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { Reply } from '../../http/reply.ts';
import { passwordSource } from '../../product/credential-source.ts';
import { type ApiRequest, ProductApi } from '../../product/product-api.ts';
import { describeRequest } from '../../redact.ts';

export const REST = '/service/rest/v1';

const PAGES_MAX = 100_000;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

/** Beside the repositories that are reached by path, and signed in to with the password itself. @see help.sonatype.com, "REST and Integration API" */
export function nexusApi(client: RegistryClient): ProductApi {
  return new NexusApi(client);
}

/** Where a Nexus that shares its host is by most guides (`nexus-context-path`); the proxy in front leads `/v2/` to it. */
const CONTEXT = '/nexus';

/**
 * Below the context path where the API is not at the root: found out by the first request that is answered. A path that the user gave
 * is asked first.
 */
class NexusApi extends ProductApi {
  readonly #contexts: readonly string[];
  #context: string | undefined;

  constructor(client: RegistryClient) {
    super(client, client.url, () => passwordSource(client), withPrivilege);
    this.#contexts = [...new Set([client.apiPath ?? '', '', CONTEXT])];
  }

  override async request(request: ApiRequest): Promise<Reply> {
    if (this.#context !== undefined) return await this.#below(this.#context, request);
    let first: unknown;
    for (const context of this.#contexts) {
      try {
        const reply = await this.#below(context, request);
        this.#context = context;
        return reply;
      } catch (error) {
        // What was refused elsewhere says nothing of the API.
        if (context === this.#contexts[0]) first = error;
        if (!(first instanceof RegistryError) || first.code !== 'notFound') throw first;
      }
    }
    throw first;
  }

  #below(context: string, request: ApiRequest): Promise<Reply> {
    return super.request({ ...request, url: `${context}${request.url}` });
  }
}

/** What a role needs for each part of the API. @see help.sonatype.com, "Privileges" */
const PRIVILEGES: readonly (readonly [path: string, privilege: string])[] = [
  ['/tasks', 'nx-tasks-all'],
  ['/blobstores', 'nx-blobstores-read'],
  ['/repositorySettings', 'nx-repository-admin-*-*-read'],
  ['/security/realms', 'nx-settings-read'],
  ['/status/check', 'nx-metrics-all'],
  ['/components', 'nx-repository-view-docker-*-delete'],
];

/** Nexus refuses without a word: said is what a role of the account would have to have. */
function withPrivilege(failure: RegistryError, { path }: { path: string }): RegistryError {
  if (failure.code !== 'denied') return failure;
  const [, privilege = 'nx-admin'] = PRIVILEGES.find(([part]) => path.includes(`${REST}${part}`)) ?? [];
  return failure.because(
    `A role of this account needs the privilege ${privilege}: in Nexus, Settings → Security → Roles.`,
  );
}

/** @throws {RegistryError} */
export function nexusJson<T>(
  api: ProductApi,
  path: string,
  schema: z.ZodType<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  return api.json({ method: 'GET', url: `${REST}${path}`, signal }, schema, { maxBytes: PAGE_BYTES_MAX });
}

/**
 * The pages of a list: each but the last has a token for the next one.
 *
 * @throws {RegistryError} also `endlessList`; `invalidResponse` where an item cannot be read
 * @see help.sonatype.com, "Pagination"
 */
export async function* nexusPages<Item>(
  api: ProductApi,
  path: string,
  item: z.ZodType<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[]> {
  const page = z.object({ items: z.array(item), continuationToken: z.string().nullish() });
  let token: string | undefined;
  for (let count = 1; ; count++) {
    const more =
      token === undefined
        ? ''
        : `${path.includes('?') ? '&' : '?'}continuationToken=${encodeURIComponent(token)}`;
    const { items, continuationToken } = await nexusJson(api, `${path}${more}`, page, signal);
    if (items.length > 0) yield items;
    if (!continuationToken) return;
    if (continuationToken === token || count >= PAGES_MAX)
      throw new RegistryError('endlessList', describeRequest('GET', new URL(`${REST}${path}`, api.origin)), {
        reason: 'The list goes on without end.',
      });
    token = continuationToken;
  }
}
