import type { AnyPlace } from '../../src-main/common/place.ts';
import { repositoriesAt, type ShownSubject } from '../operation-kind.ts';
import { namesText } from '../ui/names.ts';

/** An archive or a folder, which a browser fetches. */
export function isFile(target: AnyPlace): boolean {
  return 'content' in target && target.content.kind !== 'engine';
}

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
  line: ShownSubject['line'],
): ShownSubject {
  return {
    line,
    searched: () => [source.host, target.host, ...repositories],
    facts: (t) => [{ name: t('transferPages.toRepositories'), values: repositories }],
    changes: () => repositoriesAt(target, repositories),
    offers: isFile(target),
    transfer: {
      what: (t) => t('transferPages.tagsInto', { count, repositories: namesText(t, repositories, NAMED) }),
      way: (name) => `${name(source)} → ${name(target)}`,
      many: true,
    },
  };
}
