import { z } from 'zod';
import { readInstant } from '../../model/image.ts';
import { isRepository } from '../../model/reference.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { FoundPublic, PublicSearch } from '../../product/said.ts';

/** The largest page it gives. */
const PAGE = 100;
const PAGE_BYTES_MAX = 4 * 1024 * 1024;

const BADGES = { official: 'official', verified_publisher: 'verified', open_source: 'sponsored' } as const;

const text = z.string().nullish().catch(undefined);
const found = z.object({
  name: z.string(),
  short_description: text,
  badge: text,
  star_count: z.number().int().nonnegative().nullish().catch(undefined),
  /** Rounded, in words: `1B+`. */
  pull_count: text,
  updated_at: text,
  architectures: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(undefined),
  archived: z.boolean().nullish().catch(undefined),
});
const page = z.object({ total: z.number().int().nonnegative().catch(0), results: z.array(found).nullish() });

/**
 * Public images of everybody, the best match first. Nobody has to be signed in.
 *
 * @see github.com/docker/hub-mcp, specs/search.yaml, "Search V4"
 */
export const publicSearch = (api: ProductApi): PublicSearch => ({
  async find(query, signal) {
    const words = new URLSearchParams({ query, type: 'image', size: String(PAGE) });
    const reply = await api.json({ method: 'GET', url: `/api/search/v4?${words}`, signal }, page, {
      maxBytes: PAGE_BYTES_MAX,
    });
    const results = (reply.results ?? []).flatMap((one) => read(one) ?? []);
    return { total: Math.max(reply.total, results.length), results };
  },
});

/** Undefined for what is no name of an image. Official ones may be named without their namespace. */
function read(one: z.infer<typeof found>): FoundPublic | undefined {
  const name = one.name.includes('/') ? one.name : `library/${one.name}`;
  if (!isRepository(name)) return undefined;
  const mark = Object.entries(BADGES).find(([badge]) => badge === one.badge)?.[1];
  const updated = readInstant(one.updated_at ?? undefined);
  return {
    name,
    ...(mark === undefined ? {} : { mark }),
    ...(one.short_description ? { description: one.short_description } : {}),
    ...(typeof one.star_count === 'number' ? { stars: one.star_count } : {}),
    ...(one.pull_count ? { pulls: one.pull_count } : {}),
    ...(updated === undefined ? {} : { updated }),
    architectures: (one.architectures ?? []).map((architecture) => architecture.name),
    archived: one.archived === true,
  };
}
