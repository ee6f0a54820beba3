import type { RegistryClient } from '../http/client.ts';
import { backoff, pause } from '../http/retry.ts';
import { type Content, Upload, type UploadOptions } from './upload.ts';
import type { OpenBlob } from './upload-source.ts';

/** Attempts in a row that leave the registry with no more bytes than before. */
const UPLOADS_MAX = 3;
/** Attempts in all: 20 GB get through a line that is cut every 250 MB, and a registry that plays with us does not. */
const ATTEMPTS_MAX = 80;

/**
 * Puts a blob into a repository: mounted where it can be, else sent in one PUT with its length. An error of the stream that
 * `open` gives ends the upload with that error and nothing is stored. What may be there is asked for after a failed mount only: a
 * mount of what is there costs as much as asking.
 *
 * A failed mount of whatever kind (202, 401, 403, 404, 5xx) falls back to sending; the session that a 202 opened is used. An
 * interrupted upload goes on with the bytes that the registry says it has, or begins anew. What makes that safe is the digest
 * that the registry commits: its `Range` is no proof, nor is that it does not answer 416.
 *
 * @throws {RegistryError}
 * @see OCI distribution-spec 1.1, "Pushing blobs"
 */
export async function uploadBlob(
  client: RegistryClient,
  repository: string,
  content: Content,
  open: OpenBlob,
  options: UploadOptions = {},
): Promise<'mounted' | 'sent' | 'present'> {
  const upload = new Upload(client, repository, content, options);
  await upload.resume();
  if (options.mountFrom !== undefined && (await upload.mount(options.mountFrom))) return 'mounted';
  for (let attempt = 1, inAll = 1; ; attempt++, inAll++) {
    try {
      if (inAll === 1 && options.mayBeThere && (await upload.isThere())) return 'present';
      if (inAll > 1) await pause(backoff(attempt, client.retry), options.signal);
      const found = await upload.recover();
      if (found === 'committed') return 'sent';
      if (found === 'gained') attempt = 1;
      await upload.send(open);
      return 'sent';
    } catch (error) {
      const again = upload.isWorthRepeating(error) && attempt < UPLOADS_MAX && inAll < ATTEMPTS_MAX;
      // Another way was found: what failed was no attempt at it.
      if (again && upload.hasLearned) attempt = 0;
      if (again) continue;
      await upload.giveUp(error);
      throw error;
    }
  }
}
