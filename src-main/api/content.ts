import type { Failure } from '../common/failure.ts';
import { type Core, failureOf } from '../services/index.ts';
import { api } from './base.ts';

export const contentApi = ({ content }: Core) =>
  api.content.router({
    engineImages: api.content.engineImages.handler(({ signal }) => content.engineImages({ signal })),
    recognise: api.content.recognise.handler(async ({ input: { path }, signal }) => {
      const place = await content.recognise(path, { signal });
      const names = await content.names(place, { signal });
      if (names.length > 0) return { place, names };
      return { place, names, digest: await content.only(place, { signal }) };
    }),
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
