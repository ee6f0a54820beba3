import { z } from 'zod';
import { type Draft, EMPTY_DRAFT } from './draft.ts';

const text = z.string().optional().catch(undefined);
const list = z
  .union([z.string().transform((each) => [each]), z.array(z.string())])
  .optional()
  .catch(undefined);
const flag = z.literal('1').optional().catch(undefined);

/** A synchronisation in the address, so that a plan can be come back to and given on as a link. */
export const definitionSearch = z.object({
  /** Id of the saved transfer it belongs to. Where nothing else is given its definition is meant. */
  saved: text,
  source: text,
  target: text,
  repository: list,
  exclude: list,
  tag: list,
  excludeTag: list,
  versions: text,
  newOnly: flag,
  rename: text,
  prune: flag,
  attached: flag,
  foreign: flag,
  platform: list,
  index: z.enum(['sparse', 'rewritten']).optional().catch(undefined),
});
export type DefinitionSearch = z.infer<typeof definitionSearch>;

/** What differs from the defaults. */
export function searchOf(draft: Draft, saved?: string | undefined): DefinitionSearch {
  const some = (values: string[]) => (values.length > 0 ? values : undefined);
  const yes = (value: boolean) => (value ? ('1' as const) : undefined);
  const everyTag = draft.tags.length === 1 && draft.tags[0] === '*';
  return {
    saved,
    source: draft.source || undefined,
    target: draft.target || undefined,
    repository: some(draft.repositories),
    exclude: some(draft.excludeRepositories),
    tag: everyTag ? undefined : some(draft.tags),
    excludeTag: some(draft.excludeTags),
    versions: draft.versions.trim() || undefined,
    newOnly: yes(draft.newOnly),
    rename: draft.rename.trim() === EMPTY_DRAFT.rename ? undefined : draft.rename.trim() || undefined,
    prune: yes(draft.prune),
    attached: yes(draft.attached),
    foreign: yes(draft.foreign),
    platform: some(draft.platforms),
    index: draft.platforms.length > 0 && draft.index !== EMPTY_DRAFT.index ? draft.index : undefined,
  };
}

/** The other way; undefined where the address names none of its own. */
export function draftOf(search: DefinitionSearch): Draft | undefined {
  const isOwn = definitionSearch.keyof().options.some((key) => key !== 'saved' && search[key] !== undefined);
  if (!isOwn) return undefined;
  return {
    source: search.source ?? EMPTY_DRAFT.source,
    target: search.target ?? EMPTY_DRAFT.target,
    repositories: search.repository ?? [],
    excludeRepositories: search.exclude ?? [],
    tags: search.tag ?? EMPTY_DRAFT.tags,
    excludeTags: search.excludeTag ?? [],
    versions: search.versions ?? EMPTY_DRAFT.versions,
    newOnly: search.newOnly === '1',
    rename: search.rename ?? EMPTY_DRAFT.rename,
    prune: search.prune === '1',
    attached: search.attached === '1',
    foreign: search.foreign === '1',
    platforms: search.platform ?? [],
    index: search.index ?? EMPTY_DRAFT.index,
  };
}
