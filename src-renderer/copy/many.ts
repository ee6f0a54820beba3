import type { TFunction } from 'i18next';
import type { AnyPlace } from '../../src-main/common/place.ts';
import { repositoriesAt, type ShownSubject } from '../operation-kind.ts';
import { namesText } from '../ui/names.ts';

/** Repositories named in one line. */
const NAMED = 3;

interface ManyTags {
  source: AnyPlace;
  target: AnyPlace;
  /** Target repositories. */
  repositories: readonly string[];
  tags: number;
}

/** A transfer of many tags, of whatever kind. */
export function manySubject(
  { source, target, repositories, tags: count }: ManyTags,
  line: (t: TFunction) => string,
): ShownSubject {
  return {
    line,
    searched: () => [source.host, target.host, ...repositories],
    facts: (t) => [{ name: t('transferPages.toRepositories'), values: repositories }],
    changes: () => repositoriesAt(target, repositories),
    transfer: {
      what: (t) => t('transferPages.tagsInto', { count, repositories: namesText(t, repositories, NAMED) }),
      way: (name) => `${name(source)} → ${name(target)}`,
      many: true,
    },
  };
}
