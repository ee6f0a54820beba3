import type { RegistryClient } from '../../http/client.ts';
import { checkDigest } from '../../model/digest.ts';
import { checkTag } from '../../model/reference.ts';
import type { TagDeleter } from '../../registry/abilities.ts';
import { JSON_ONLY, repositoryPath } from './api.ts';

/** @see Harbor API v2.0, `/projects/{p}/repositories/{r}/artifacts/{ref}/tags/{tag}` */
export const tagDeleter = (client: RegistryClient): TagDeleter => ({
  async delete({ repository, tag, digest }, signal) {
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
});
