import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { KnownImages, TagAnswer } from '../../src-main/common/tag.ts';
import { api } from '../api.ts';
import { readStreamedList, streamedListOptions } from '../lists/streamed-query.ts';
import { type TagAnswers, TagCollector, type TagList } from './tag-rows.ts';
import { UntaggedCollector, type UntaggedList } from './untagged-rows.ts';

export const tagKeys = {
  list: ({ accountId, repository }: RepositoryPlace) => ['tags', 'list', accountId, repository] as const,
  known: ({ accountId, repository }: RepositoryPlace) => ['tags', 'known', accountId, repository] as const,
  details: ({ accountId, repository }: RepositoryPlace) =>
    ['tags', 'details', accountId, repository] as const,
  untagged: ({ accountId, repository }: RepositoryPlace) =>
    ['tags', 'untagged', accountId, repository] as const,
};

/** What is known of a repository's tags. */
export interface KnownDetails {
  readonly answers: TagAnswers;
  /** Shown, but to be asked for again: something changed since. */
  readonly stale: ReadonlySet<string>;
}

export const nothingKnown: KnownDetails = { answers: new Map(), stale: new Set() };

export const tagQueries = {
  /** All tags of a repository, growing while they arrive. */
  list: (place: RepositoryPlace) =>
    queryOptions<TagList>({
      ...streamedListOptions,
      queryKey: tagKeys.list(place),
      queryFn: (context) =>
        readStreamedList(context, (signal) => api.catalog.tags(place, { signal }), new TagCollector()),
    }),

  /** All of its manifests without a tag, growing while they arrive. */
  untagged: (place: RepositoryPlace) =>
    queryOptions<UntaggedList>({
      ...streamedListOptions,
      queryKey: tagKeys.untagged(place),
      queryFn: async (context) => ({
        ...(await readStreamedList(
          context,
          (signal) => api.catalog.untagged(place, { signal }),
          new UntaggedCollector(),
        )),
        complete: true,
      }),
    }),

  /** True once the details have what is known without asking the registry. It is a help and no more: where it cannot be read, all is asked for. */
  known: (place: RepositoryPlace) =>
    queryOptions({
      queryKey: tagKeys.known(place),
      queryFn: async ({ client, signal }) => {
        try {
          for await (const images of await api.catalog.knownImages(place, { signal })) {
            if (!signal.aborted) addKnown(client, place, images);
          }
        } catch {
          // The rows say what they wait for.
        }
        return true;
      },
    }),

  /** Details as far as they were loaded; filled by `useDetailsLoader`, for the rows that are looked at. */
  details: (place: RepositoryPlace) =>
    queryOptions<KnownDetails>({
      queryKey: tagKeys.details(place),
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    }),
};

export function addDetails(client: QueryClient, place: RepositoryPlace, answers: readonly TagAnswer[]): void {
  client.setQueryData<KnownDetails>(tagKeys.details(place), (known = nothingKnown) => {
    const next = new Map(known.answers);
    const stale = new Set(known.stale);
    for (const answer of answers) {
      next.set(answer.name, sameOr(known.answers.get(answer.name), answer));
      stale.delete(answer.name);
    }
    return { answers: next, stale };
  });
}

/** What the app knew before it asked: shown until the answer comes, and in the place of none. */
function addKnown(client: QueryClient, place: RepositoryPlace, images: KnownImages): void {
  client.setQueryData<KnownDetails>(tagKeys.details(place), (known = nothingKnown) => {
    const answers = new Map(known.answers);
    const stale = new Set(known.stale);
    for (const { details, tags, moved } of images) {
      const movedAt = new Map(moved.map(({ name, at }) => [name, { moved: at }]));
      for (const name of tags) {
        if (known.answers.has(name)) continue;
        answers.set(name, { name, details: { ...details, name, ...movedAt.get(name) } });
        stale.add(name);
      }
    }
    // Rows are made anew for other answers.
    return answers.size > known.answers.size ? { answers, stale } : known;
  });
}

/** The details known where the answer has the same ones: what did not change is not drawn again. */
function sameOr(known: TagAnswer | undefined, answer: TagAnswer): TagAnswer {
  if (!known || !('details' in known) || !('details' in answer)) return answer;
  const isSame = JSON.stringify(known.details) === JSON.stringify(answer.details);
  return isSame ? { ...answer, details: known.details } : answer;
}

/** After a change: names are read again, details are kept on show until they were asked for again. */
export function refreshTags(client: QueryClient, place: RepositoryPlace): void {
  client.setQueryData<KnownDetails>(
    tagKeys.details(place),
    (known) => known && { answers: known.answers, stale: new Set(known.answers.keys()) },
  );
  void client.invalidateQueries({ queryKey: tagKeys.list(place) });
  void client.invalidateQueries({ queryKey: tagKeys.untagged(place) });
}
