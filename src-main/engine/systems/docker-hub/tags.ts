import { checkRepository, checkTag } from '../../model/reference.ts';
import type { TagDeleter } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';

/** The registry itself deletes nothing. @see docker/hub-tool, pkg/hub/tags.go, `RemoveTag` */
export const tagDeleter = (api: ProductApi): TagDeleter => ({
  async delete({ repository, tag }, signal) {
    const reply = await api.request({
      method: 'DELETE',
      url: `/v2/repositories/${checkRepository(repository)}/tags/${checkTag(tag)}/`,
      expect: [200, 202, 204],
      signal,
    });
    await reply.dump();
  },
});
