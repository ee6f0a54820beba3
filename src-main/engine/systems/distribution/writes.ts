import { abandonUpload, locationOf } from '../../endpoints/upload-session.ts';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { pushScope } from '../../http/scope.ts';
import type { WriteProbe } from '../../product/abilities.ts';

/** Asked in where no repository is known; nothing is ever kept in it. */
const NOWHERE = 'wharfinger-probe';

/**
 * Begins an upload and ends it again: a pull-through cache answers 405 UNSUPPORTED, and one in maintenance (`readonly`) has no such
 * method at all, which is 405 without a code. Both measured at 2.8.2 and 3.1.2.
 */
export const writeProbe = (client: RegistryClient): WriteProbe => ({
  async read(repository = NOWHERE, signal) {
    try {
      const reply = await client.request({
        method: 'POST',
        url: `/v2/${repository}/blobs/uploads/`,
        headers: { 'content-length': '0' },
        scopes: [pushScope(repository)],
        expect: [202, 405],
        tries: 1,
        signal,
      });
      if (reply.status === 405) {
        const { registryCodes = [] } = await reply.failure();
        return registryCodes.includes('UNSUPPORTED') ? 'cache' : 'readOnly';
      }
      await reply.dump();
      await abandonUpload(client, repository, locationOf(reply));
      return 'yes';
    } catch (error) {
      // Who may not push there cannot find out whether anybody could.
      const refused = error instanceof RegistryError && error.status !== undefined;
      if (refused && error.code !== 'cancelled') return 'unknown';
      throw error;
    }
  },
});
