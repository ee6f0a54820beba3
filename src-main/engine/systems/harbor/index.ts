import { z } from 'zod';
import { checkDigest } from '../../model/digest.ts';
import { checkTag, isRepository } from '../../model/reference.ts';
import type { System } from '../system.ts';
import { apiPages, JSON_ONLY, repositoryPath } from './api.ts';
import { listArtifacts } from './artifacts.ts';
import { cachesAnother } from './proxy-cache.ts';

const repositories = z.array(z.object({ name: z.string() }));

/**
 * Harbor 2: `_catalog` needs system rights, a registry delete takes every tag of the artifact, and each manifest that is read
 * counts as a pull; so all that goes by its own API where that can do it.
 *
 * @see Harbor API v2.0, `/repositories`, `/projects/{p}/repositories/{r}/artifacts/{ref}/tags/{tag}`
 */
export const harbor: System = {
  id: 'harbor',
  lists: 'yes',
  deletes: 'yes',
  deletesTagAlone: 'yes',
  referrers: 'yes',
  deletesAttached: true,
  garbageCollection: 'online',
  inProjects: true,
  letsAnonymousIn: 'byRepository',
  async deleteTag(client, { repository, tag, digest }, signal) {
    const reply = await client.request({
      method: 'DELETE',
      url: `${repositoryPath(repository)}/artifacts/${checkDigest(digest)}/tags/${checkTag(tag)}`,
      headers: JSON_ONLY,
      signIn: 'basic',
      expect: [200],
      signal,
    });
    await reply.dump();
  },
  async *listRepositories(client, signal) {
    for await (const page of apiPages(client, '/api/v2.0/repositories', repositories, signal)) {
      const known = page.map(({ name }) => name).filter(isRepository);
      if (known.length > 0) yield known;
    }
  },
  listArtifacts,
  cachesAnother,
};
