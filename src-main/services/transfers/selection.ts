import { Range, satisfies, valid, validRange } from 'semver';
import { matcher, type Select } from '../../common/patterns.ts';
import type { SyncRules } from '../../common/transfer.ts';
import { isAttachedTag } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';

/** @throws ServiceError `invalidInput` */
export function matcherOf(include: readonly string[], exclude: readonly string[]): Select {
  try {
    return matcher(include, exclude);
  } catch (cause) {
    throw new ServiceError('invalidInput', 'A pattern cannot be read.', { cause });
  }
}

/**
 * Which tags are meant. Those of referrers and of cosign go along with what they are attached to, never by themselves.
 *
 * @param attached whether tags of referrers and of cosign may be meant by themselves
 * @throws ServiceError `invalidInput` for a range that is none.
 */
export function tagMatcher(
  { tags, excludeTags, versions }: Pick<SyncRules, 'tags' | 'excludeTags' | 'versions'>,
  { attached = false } = {},
): Select {
  const named = matcherOf(tags, excludeTags);
  const range = versions.trim();
  if (range !== '' && validRange(range) === null)
    throw new ServiceError('invalidInput', `"${range.slice(0, 100)}" is not a range of semantic versions.`);
  const wanted = range === '' ? undefined : new Range(range);
  return (tag) =>
    named(tag) && (attached || !isAttachedTag(tag)) && (wanted === undefined || isWithin(tag, wanted));
}

/** Images are often tagged `16.4` or `v16.4-alpine`: the missing part of a version counts as 0. */
const SHORT_VERSION = /^(v?\d+\.\d+)(?=$|[-+])/;

function isWithin(tag: string, range: Range): boolean {
  const version = valid(tag.replace(SHORT_VERSION, '$1.0'));
  return version !== null && satisfies(version, range);
}
