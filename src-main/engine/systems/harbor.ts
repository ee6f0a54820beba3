import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { checkDigest } from '../model/digest.ts';
import { checkRepository, checkTag, isRepository } from '../model/reference.ts';
import type { System } from './system.ts';

/** The largest page Harbor gives. */
const PAGE = 100;
const PAGES_MAX = 10_000;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

/** Without it Harbor's API answers 422. */
const JSON_ONLY = { accept: 'application/json' };

const repositories = z.array(z.object({ name: z.string() }));

/**
 * Harbor 2: `_catalog` needs system rights and a registry delete takes every tag of the artifact, so both go by its own API.
 *
 * @see Harbor API v2.0, `/repositories`, `/projects/{p}/repositories/{r}/artifacts/{ref}/tags/{tag}`
 */
export const harbor: System = {
  id: 'harbor',
  lists: 'yes',
  deletes: 'yes',
  deletesTagAlone: 'yes',
  referrers: 'yes',
  garbageCollection: 'online',
  letsAnonymousIn: 'byRepository',
  async deleteTag(client, { repository, tag, digest }, signal) {
    const [project = '', ...rest] = checkRepository(repository).split('/');
    // Harbor's router decodes once before it splits the path: slashes go encoded twice.
    const name = encodeURIComponent(encodeURIComponent(rest.join('/')));
    const artifact = `/api/v2.0/projects/${project}/repositories/${name}/artifacts/${checkDigest(digest)}`;
    const reply = await client.request({
      method: 'DELETE',
      url: `${artifact}/tags/${checkTag(tag)}`,
      headers: JSON_ONLY,
      signIn: 'basic',
      expect: [200],
      signal,
    });
    await reply.dump();
  },
  listRepositories,
};

async function* listRepositories(
  client: RegistryClient,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly string[]> {
  for (let page = 1; ; page++) {
    const reply = await client.request({
      method: 'GET',
      url: `/api/v2.0/repositories?page=${page}&page_size=${PAGE}`,
      headers: JSON_ONLY,
      signIn: 'basic',
      expect: [200],
      signal,
    });
    const names = await reply.json(repositories, PAGE_BYTES_MAX);
    const known = names.map(({ name }) => name).filter(isRepository);
    if (known.length > 0) yield known;
    if (names.length < PAGE) return;
    if (page >= PAGES_MAX)
      throw new RegistryError('endlessList', reply.request, { reason: 'The list goes on without end.' });
  }
}
