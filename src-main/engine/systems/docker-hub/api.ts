import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { Method } from '../../http/connection.ts';
import { checkRepository } from '../../model/reference.ts';
import { ProductApi } from '../../product/product-api.ts';
import { describeRequest } from '../../redact.ts';
import { hubSignIn } from './sign-in.ts';

/** The registry at registry-1.docker.io is one program, this another, with tokens of its own. */
const ORIGIN = new URL('https://hub.docker.com');

/** The largest page it gives. */
const PAGE = 100;
const PAGES_MAX = 10_000;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

/** @see Docker Hub API reference, docs.docker.com/reference/api/hub/latest */
export function hubApi(client: RegistryClient): ProductApi {
  return new ProductApi(client, ORIGIN, (send) => hubSignIn(client, send), withScope);
}

/** What an access token has to be allowed. @see docs.docker.com/security/access-tokens */
const SCOPES: Readonly<Partial<Record<Method, string>>> = {
  DELETE: 'Read, Write, Delete',
  PATCH: 'Read & Write',
};

/** A token of too little scope and an account without the right are refused alike: both are said. */
function withScope(failure: RegistryError, { method }: { method: Method }): RegistryError {
  const scope = SCOPES[method];
  if (failure.code !== 'denied' || scope === undefined) return failure;
  return failure.because(
    `It takes an access token with “${scope}”, of an account that may change this repository.`,
  );
}

/** Path of a repository: a name there has a namespace and one part below it. */
export function repositoryPath(repository: string): string {
  const [namespace = '', ...rest] = checkRepository(repository).split('/');
  return `/v2/namespaces/${namespace}/repositories/${encodeURIComponent(rest.join('/'))}`;
}

/**
 * The pages of a list: each says where the next one is, `null` for none.
 *
 * @throws {RegistryError} `unauthorized`, `denied`, `notFound`; `endlessList`; `invalidResponse` where an item cannot be read
 */
export async function* hubPages<Item>(
  api: ProductApi,
  path: string,
  item: z.ZodType<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[]> {
  const page = z.object({ results: z.array(item).nullish(), next: z.string().nullish() });
  let url = `${path}?page_size=${PAGE}`;
  const endless = (reason: string) =>
    new RegistryError('endlessList', describeRequest('GET', new URL(path, api.origin)), { reason });
  for (let count = 1; ; count++) {
    const { results, next } = await api.json({ method: 'GET', url, signal }, page, {
      maxBytes: PAGE_BYTES_MAX,
    });
    if (results && results.length > 0) yield results;
    if (!next) return;
    if (next === url || count >= PAGES_MAX) throw endless('The list goes on without end.');
    url = next;
  }
}
