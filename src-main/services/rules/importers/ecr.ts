import { z } from 'zod';
import type { CleanupRule, DeleteEntry, KeepEntry } from '../../../common/cleanup.ts';
import { type Importer, parsed } from './notes.ts';

/** @see Amazon ECR, "Lifecycle policy properties" */
const policy = z.object({
  rules: z
    .array(
      z.object({
        rulePriority: z.number(),
        description: z.string().optional(),
        selection: z.looseObject({
          tagStatus: z.enum(['tagged', 'untagged', 'any']),
          tagPrefixList: z.array(z.string()).optional(),
          tagPatternList: z.array(z.string()).optional(),
          countType: z.string(),
          countNumber: z.int().positive(),
        }),
        action: z.looseObject({ type: z.string() }),
      }),
    )
    .min(1),
});

const SINCE = { sinceImagePushed: 'pushed', sinceImagePulled: 'pulled' } as const;

/** A lifecycle policy: what it names expires. The repository is not part of it. */
export const fromEcr: Importer = (text, scope, note) => {
  const { rules } = parsed(text, policy);
  const keep: KeepEntry[] = [];
  const remove: DeleteEntry[] = [];
  if (rules.length > 1) note('order', rules.map(({ rulePriority }) => rulePriority).join(', '));
  for (const { rulePriority, description, selection, action } of rules.toSorted(
    (one, other) => one.rulePriority - other.rulePriority,
  )) {
    const name = description || `rule ${rulePriority}`;
    const { tagStatus, tagPrefixList = [], tagPatternList = [], countType, countNumber } = selection;
    const by = countType in SINCE ? SINCE[countType as keyof typeof SINCE] : undefined;
    if (action.type !== 'expire') {
      note('action', `${name}: ${action.type}`);
      continue;
    }
    if (by === undefined && countType !== 'imageCountMoreThan') {
      note('selector', `${name}: ${countType}`);
      continue;
    }
    // An image has to match all of several patterns there: a tag of it each.
    if (tagPatternList.length > 1 || tagPrefixList.length > 1) {
      note('pattern', `${name}: ${[...tagPatternList, ...tagPrefixList].join(', ')}`);
      continue;
    }
    const [tags = '*'] = [...tagPatternList, ...tagPrefixList.map((prefix) => `${prefix}*`)];
    const isTagged = tagStatus !== 'untagged';
    if (by !== undefined) {
      const age = { olderThan: `${countNumber}d`, by };
      if (isTagged) remove.push({ name, tags, ...age });
      if (tagStatus !== 'tagged') remove.push({ name: `${name} (untagged)`, untagged: true, ...age });
      continue;
    }
    if (isTagged) {
      keep.push({ name, tags, newest: countNumber, by: 'pushed' });
      remove.push({ name: `${name}: all others`, tags });
    }
    if (tagStatus !== 'tagged') note('count', `${name}: ${tagStatus}`);
  }
  const rule: CleanupRule = {
    name: scope || 'lifecycle policy',
    repositories: scope || '**',
    keep,
    delete: remove,
  };
  return [rule];
};
