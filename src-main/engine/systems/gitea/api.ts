import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { passwordSource } from '../../product/credential-source.ts';
import { ProductApi } from '../../product/product-api.ts';

export const API = '/api/v1';

/** The most that Gitea gives by default (`MAX_RESPONSE_ITEMS`); an instance may give fewer. */
const PAGE = 50;
const PAGES_MAX = 100_000;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

/** On the registry's origin, signed in with the password or token itself. @see docs.gitea.com, "API Usage" */
export function giteaApi(client: RegistryClient): ProductApi {
  return new ProductApi(client, client.url, () => passwordSource(client));
}

/**
 * The pages of a list, by their numbers: its links name the address that the server takes for its own.
 *
 * @throws {RegistryError} `unauthorized` to nobody, too; `endlessList`
 */
export async function* giteaPages<Item>(
  api: ProductApi,
  path: string,
  item: z.ZodType<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[]> {
  const page = z.array(item);
  for (let number = 1; number <= PAGES_MAX; number++) {
    const url = `${API}${path}&page=${number}&limit=${PAGE}`;
    const found = await api.json({ method: 'GET', url, signal }, page, { maxBytes: PAGE_BYTES_MAX });
    // How many an instance gives at most is its own setting: only an empty page is surely the last.
    if (found.length === 0) return;
    yield found;
  }
  throw new RegistryError('endlessList', '', { reason: 'The list goes on without end.' });
}
