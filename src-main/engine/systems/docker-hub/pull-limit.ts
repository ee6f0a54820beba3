import type { RegistryClient } from '../../http/client.ts';
import { pullScope } from '../../http/scope.ts';
import type { PullLimit } from '../../product/abilities.ts';

const REPOSITORY = 'ratelimitpreview/test';

/** By a HEAD, which is not counted, of the image that is there for it. @see docs.docker.com/docker-hub/usage/pulls */
export const pullLimit = (client: RegistryClient): PullLimit => ({
  async read(signal) {
    const reply = await client.request({
      method: 'HEAD',
      url: `/v2/${REPOSITORY}/manifests/latest`,
      scopes: [pullScope(REPOSITORY)],
      expect: [200],
      tries: 1,
      signal,
    });
    await reply.dump();
    return client.rateLimit();
  },
});
