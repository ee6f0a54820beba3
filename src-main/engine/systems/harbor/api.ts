import type { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { Reply } from '../../http/reply.ts';
import { checkRepository } from '../../model/reference.ts';
import { passwordSource } from '../../product/credential-source.ts';
import { ProductApi } from '../../product/product-api.ts';
import { describeRequest } from '../../redact.ts';

/** The largest page Harbor gives. */
export const PAGE = 100;
const PAGES_MAX = 10_000;
export const PAGE_BYTES_MAX = 8 * 1024 * 1024;

export const API = '/api/v2.0';

/** What the API answers 422 without. */
export const JSON_ONLY = { accept: 'application/json' };

/** A name of digits alone is not the number of a project. */
export const BY_NAME = { 'x-is-resource-name': 'true' };

/** Bytes of a reply about one thing. */
export const ONE_BYTES_MAX = 4 * 1024 * 1024;

/** Harbor's own API, version 2.0: beside the registry, and signed in to with the password itself. */
export function harborApi(client: RegistryClient): ProductApi {
  return new ProductApi(client, client.url, () => passwordSource(client));
}

/** A repository's path in the API. Harbor's router decodes once before it splits the path: slashes go encoded twice. */
export function repositoryPath(repository: string): string {
  const [project = '', ...rest] = checkRepository(repository).split('/');
  const name = encodeURIComponent(encodeURIComponent(rest.join('/')));
  return `${API}/projects/${project}/repositories/${name}`;
}

/** A project's path in the API, to be asked for {@link BY_NAME}. @throws {RegistryError} `invalidReference` */
export function projectPath(project: string): string {
  if (/^[a-z0-9](?:[a-z0-9._-]{0,253}[a-z0-9])?$/.test(project)) return `${API}/projects/${project}`;
  throw new RegistryError('invalidReference', '', { reason: 'This is no name of a project.' });
}

/** Ids are numbers: nothing else gets into a path. @throws {RegistryError} `invalidReference` */
export function numberIn(id: string): string {
  if (/^\d{1,15}$/.test(id)) return id;
  throw new RegistryError('invalidReference', '', { reason: 'This is no number of something there.' });
}

/** An id of two parts. @throws {RegistryError} `invalidReference` */
export function partsOfId(id: string): [string, string] {
  const [first, second, ...more] = id.split('/');
  if (first !== undefined && second !== undefined && more.length === 0) return [first, second];
  throw new RegistryError('invalidReference', '', { reason: 'This is no id of something there.' });
}

interface Sending {
  url: string;
  body?: object;
  headers?: Readonly<Record<string, string>>;
  signal: AbortSignal | undefined;
}

/** Sends a change, once: sent twice it might be done twice. @throws {RegistryError} */
export async function send(
  api: ProductApi,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  { url, body, headers, signal }: Sending,
): Promise<Reply> {
  return await api.request({
    method,
    url,
    headers: {
      ...JSON_ONLY,
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    expect: [200, 201, 202],
    tries: 1,
    signal,
  });
}

/** Sends a change whose reply says nothing more. @throws {RegistryError} */
export async function change(...given: Parameters<typeof send>): Promise<void> {
  await (await send(...given)).dump();
}

/** Makes something, of which the reply says where it is. @returns its number @throws {RegistryError} */
export async function make(api: ProductApi, sending: Sending): Promise<string> {
  const reply = await send(api, 'POST', sending);
  await reply.dump();
  const id = /\/(\d+)$/.exec(reply.header('location') ?? '')?.[1];
  if (id !== undefined) return id;
  throw new RegistryError('invalidResponse', reply.request, {
    reason: 'It does not say what it has made.',
    status: reply.status,
  });
}

/**
 * The pages of a list of the API, up to the first that is not full.
 *
 * @throws {RegistryError} `unauthorized`, `denied`, `notFound`; `endlessList`; `invalidResponse` where an item cannot be read.
 */
export async function* apiPages<Item>(
  api: ProductApi,
  path: string,
  list: z.ZodType<Item[]>,
  signal: AbortSignal | undefined,
  headers: Readonly<Record<string, string>> = {},
): AsyncGenerator<readonly Item[]> {
  for (let page = 1; ; page++) {
    const query = `${path.includes('?') ? '&' : '?'}page=${page}&page_size=${PAGE}`;
    const url = `${path}${query}`;
    const items = await api.json({ method: 'GET', url, headers, signal }, list, {
      maxBytes: PAGE_BYTES_MAX,
    });
    if (items.length > 0) yield items;
    if (items.length < PAGE) return;
    if (page >= PAGES_MAX)
      throw new RegistryError('endlessList', describeRequest('GET', new URL(path, api.origin)), {
        reason: 'The list goes on without end.',
      });
  }
}

/** JSON in a text of a reply; undefined where it is none. */
export function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
