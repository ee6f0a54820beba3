import { z } from 'zod';
import type { FieldsOf } from '../../resource-kinds.ts';

/** How Harbor chooses repositories and tags by a pattern; what else it says is kept. */
const selector = z.looseObject({
  decoration: z.string().catch(''),
  pattern: z.string().catch(''),
  extras: z.string().optional().catch(undefined),
});
type Selector = z.infer<typeof selector>;

/** Of rules about tags in repositories, the parts that choose these. */
export const selecting = {
  tag_selectors: z.array(selector).nullish().catch(undefined),
  scope_selectors: z.record(z.string(), z.array(selector)).nullish().catch(undefined),
};
interface Selecting {
  tag_selectors?: Selector[] | null | undefined;
  scope_selectors?: Record<string, Selector[]> | null | undefined;
}
type Patterns = Pick<
  FieldsOf<'retentionRule'>,
  'repositories' | 'repositoriesExcept' | 'tags' | 'tagsExcept' | 'untagged'
>;

export function patternsOf({ tag_selectors: tags, scope_selectors: scopes }: Selecting): Patterns {
  const [tag] = tags ?? [];
  const [repository] = scopes?.repository ?? [];
  return {
    ...(repository
      ? { repositories: repository.pattern, repositoriesExcept: repository.decoration === 'repoExcludes' }
      : {}),
    ...(tag ? { tags: tag.pattern, tagsExcept: tag.decoration === 'excludes' } : {}),
  };
}

/** Whether what has no tag is meant, too. */
export function takesUntagged({ tag_selectors: tags }: Selecting): boolean {
  return /"untagged"\s*:\s*true/.test(tags?.[0]?.extras ?? '');
}

/** The parts that choose, from what is wanted and what was. */
export function selectorsOf(wanted: Patterns, before: Patterns) {
  const { repositories, repositoriesExcept, tags, tagsExcept, untagged } = { ...before, ...wanted };
  return {
    tag_selectors: [
      {
        kind: 'doublestar',
        decoration: tagsExcept ? 'excludes' : 'matches',
        pattern: tags ?? '**',
        ...(untagged == null ? {} : { extras: JSON.stringify({ untagged }) }),
      },
    ],
    scope_selectors: {
      repository: [
        {
          kind: 'doublestar',
          decoration: repositoriesExcept ? 'repoExcludes' : 'repoMatches',
          pattern: repositories ?? '**',
        },
      ],
    },
  };
}

/** What a rule without a name of its own is called by. */
export function nameOfPatterns({ repositories, repositoriesExcept, tags, tagsExcept }: Patterns): string {
  const one = (pattern: string | null | undefined, except: boolean | null | undefined) =>
    `${except ? '!' : ''}${pattern ?? '**'}`;
  return `${one(repositories, repositoriesExcept)}:${one(tags, tagsExcept)}`;
}
