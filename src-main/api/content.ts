import type { Failure } from '../common/failure.ts';
import { type Core, failureOf, type OpenedDownload } from '../services/index.ts';
import { api } from './base.ts';

export const contentApi = ({ content }: Core) =>
  api.content.router({
    engineImages: api.content.engineImages.handler(({ signal }) => content.engineImages({ signal })),
    recognise: api.content.recognise.handler(async ({ input: { path }, signal }) => {
      const place = await content.recognise(path, { signal });
      const names = await content.names(place, { signal });
      if (names.length > 0) return { place, names };
      return { place, names, digest: await content.onlyDigest(place, { signal }) };
    }),
    prepareDownload: api.content.prepareDownload.handler(async ({ input: { name } }) => ({
      path: await content.prepareDownload(name),
    })),
    downloads: api.content.downloads.handler(() => content.downloads()),
  });

/** Takes in an archive that a page sends beside the contract, which is for messages and not for gigabytes. */
export type TakeUpload = (
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
) => Promise<{ path: string; size: number } | { failure: Failure }>;

export function createUpload({ content }: Core): TakeUpload {
  return async (chunks, signal) => {
    try {
      return await content.receive(chunks, { signal });
    } catch (error) {
      return { failure: failureOf(error) };
    }
  };
}

/** Gives an archive by its ticket, beside the contract too; undefined where there is none (any more). */
export type GiveDownload = (ticket: string) => Promise<OpenedDownload | undefined>;

export function createDownload({ content }: Core): GiveDownload {
  return (ticket) => content.openDownload(ticket);
}
