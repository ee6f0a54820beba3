import { checkDigest } from '../../model/digest.ts';
import { checkTag } from '../../model/reference.ts';
import type { TagDeleter } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { JSON_ONLY, repositoryPath } from './api.ts';

/** @see Harbor API v2.0, `/projects/{p}/repositories/{r}/artifacts/{ref}/tags/{tag}` */
export const tagDeleter = (api: ProductApi): TagDeleter => ({
  async delete({ repository, tag, digest }, signal) {
    const reply = await api.request({
      method: 'DELETE',
      url: `${repositoryPath(repository)}/artifacts/${checkDigest(digest)}/tags/${checkTag(tag)}`,
      headers: JSON_ONLY,
      expect: [200],
      signal,
    });
    await reply.dump();
  },
});
