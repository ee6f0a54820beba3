import type { FilesImage } from '../common/files.ts';
import type { Core, ImageAt } from '../services/index.ts';

/** An image that is asked for, with what opens its place. */
export async function imageAt({ accounts, content }: Core, image: FilesImage): Promise<ImageAt> {
  const { repository, reference, ...place } = image;
  const handle = 'place' in place ? content.handle(place.place) : await accounts.handle(place.accountId);
  return { handle, repository, reference };
}
