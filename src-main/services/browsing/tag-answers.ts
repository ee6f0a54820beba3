import type { Failure } from '../../common/failure.ts';
import { accountOf } from '../../common/place.ts';
import type { TagAnswer } from '../../common/tag.ts';
import { DataError, type Inventory, type KnownTag } from '../../data/index.ts';
import {
  checkRepository,
  checkTag,
  foundByProduct,
  listedByProduct,
  summarize,
  summaryOfListed,
  type TagSummary,
} from '../../engine/index.ts';
import type { ListingOptions } from '../core/catalog.ts';
import { failureOf, isHopeless } from '../failure.ts';
import { listedRows } from '../listed-rows.ts';
import { inParallel } from '../parallel.ts';
import { detailsOf, type TagNotes } from '../tag-details.ts';
import type { RegistryHandle } from '../types.ts';
import type { CatalogOptions } from './catalog-options.ts';
import { isWhole, knownAnswer } from './known.ts';
import { Recording } from './recording.ts';

/** Details found are remembered in such batches. */
const DETAILS_AT_ONCE = 200;

/** The details of tags as they are found: of each its line, or why it has none. */
export async function* answersOf(
  registry: RegistryHandle,
  repository: string,
  tags: readonly string[],
  { settings, inventory, now }: CatalogOptions,
  { signal, known: alsoKnown = false }: ListingOptions = {},
): AsyncGenerator<TagAnswer, void, void> {
  checkRepository(repository);
  const known = await knownTagsOf(inventory, registry, repository, tags);
  const { requestConcurrency } = settings.read().settings;
  let hopeless: Failure | undefined;
  let found: { name: string; digest: string }[] = [];
  const recording = new Recording();
  const remember = async () => {
    const rows = found;
    found = [];
    const at = now().getTime();
    await recording.next(registry, (id) => inventory.tags(id, repository, rows, at));
  };
  const listed = await listedTags(registry, repository, tags, signal);
  const rows = listedRows(new Set(listed.values()));
  if (rows.length > 0)
    await recording.next(registry, (id) => inventory.listed(id, repository, rows, now().getTime()));
  const answer = async (name: string, shared: AbortSignal): Promise<TagAnswer> => {
    const was = alsoKnown ? known.get(name) : undefined;
    if (hopeless) return was ? knownAnswer(was) : { name, failure: hopeless };
    try {
      const artifact =
        listed.get(name) ??
        (listed.size > 0 ? await unlisted(registry, repository, name, shared) : undefined);
      const summary =
        summaryOfListed(artifact) ?? (await summaryOf(registry, repository, name, known.get(name), shared));
      const notes = notesOf(summary, known.get(name), now);
      const { pushed = notes.pushed } = artifact ?? {};
      return {
        name,
        details: detailsOf(name, summary, {
          ...notes,
          ...(pushed !== undefined && { pushed }),
          immutable: artifact?.immutable?.includes(name) ?? false,
        }),
      };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'cancelled') throw error;
      if (!isHopeless(failure.code)) return { name, failure };
      hopeless = failure;
      return was ? knownAnswer(was) : { name, failure };
    }
  };
  try {
    for await (const answered of inParallel(tags, requestConcurrency, signal, answer)) {
      if ('details' in answered && answered.seen === undefined)
        found.push({ name: answered.name, digest: answered.details.digest });
      if (found.length >= DETAILS_AT_ONCE) await remember();
      yield answered;
    }
  } finally {
    if (found.length > 0) await remember();
    await recording.ended();
  }
}

/** Of another digest than the one known, only that the tag has moved to it. */
function notesOf({ digest }: TagSummary, known: KnownTag | undefined, now: () => Date): TagNotes {
  if (!known) return {};
  return known.digest === digest ? known : { moved: now().getTime() };
}

async function knownTagsOf(
  inventory: Inventory,
  registry: RegistryHandle,
  repository: string,
  tags: readonly string[],
): Promise<ReadonlyMap<string, KnownTag>> {
  const account = accountOf(registry.place);
  if (account === undefined) return new Map();
  try {
    const known = await inventory.summaries(account, repository, tags);
    return new Map(known.map((tag) => [tag.name, tag]));
  } catch (error) {
    // It is a help and no more.
    if (error instanceof DataError) return new Map();
    throw error;
  }
}

async function summaryOf(
  registry: RegistryHandle,
  repository: string,
  name: string,
  known: KnownTag | undefined,
  signal: AbortSignal,
): Promise<TagSummary> {
  const head = await registry.reader.head(repository, checkTag(name), signal);
  if (known?.digest === head.digest && isWhole(known)) return known;
  return await summarize(registry.reader, repository, head, { signal });
}

/** A tag of what is attached to something, which the list leaves out. */
async function unlisted(
  registry: RegistryHandle,
  repository: string,
  tag: string,
  signal: AbortSignal,
): ReturnType<typeof foundByProduct> {
  return await foundByProduct(await registry.identification.registry({ signal }), repository, tag, signal);
}

/** What the list cannot know is asked for tag by tag, and a registry that does not answer is reported there. */
async function listedTags(
  registry: RegistryHandle,
  repository: string,
  wanted: readonly string[],
  signal: AbortSignal | undefined,
): ReturnType<typeof listedByProduct> {
  try {
    const identified = await registry.identification.registry({ signal });
    return await listedByProduct(identified, repository, { signal, wanted });
  } catch (error) {
    if (failureOf(error).code === 'cancelled') throw error;
    return new Map();
  }
}
