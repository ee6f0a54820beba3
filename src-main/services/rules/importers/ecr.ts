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
          storageClass: z.string().optional(),
          countType: z.string(),
          countNumber: z.int().positive(),
        }),
        action: z.looseObject({ type: z.string() }),
      }),
    )
    .min(1),
});

/** As `aws ecr get-lifecycle-policy` prints it: the policy is a text in it. */
const answer = z.looseObject({ repositoryName: z.string().optional(), lifecyclePolicyText: z.string() });
const document = z.union([answer, policy]);

const SINCE = { sinceImagePushed: 'pushed', sinceImagePulled: 'pulled' } as const;

/**
 * A lifecycle policy: what it names expires. An image whose tags are those of a rule is no matter of the rules after it, whether it
 * expires or not: that is kept here. The repository is part of what the command line prints only.
 */
export const fromEcr: Importer = (text, given, note) => {
  const read = parsed(text, document);
  const scope = given || ('lifecyclePolicyText' in read ? (read.repositoryName ?? '') : '');
  const { rules } = 'lifecyclePolicyText' in read ? parsed(read.lifecyclePolicyText, policy) : read;
  const keep: KeepEntry[] = [];
  const remove: DeleteEntry[] = [];
  if (rules.length > 1) note('order', rules.map(({ rulePriority }) => rulePriority).join(', '));
  const inOrder = rules.toSorted((one, other) => one.rulePriority - other.rulePriority);
  for (const { rulePriority, description, selection, action } of inOrder) {
    const name = description || `rule ${rulePriority}`;
    const {
      tagStatus,
      tagPrefixList = [],
      tagPatternList = [],
      storageClass,
      countType,
      countNumber,
    } = selection;
    const by = countType in SINCE ? SINCE[countType as keyof typeof SINCE] : undefined;
    if (action.type !== 'expire') {
      note('action', `${name}: ${action.type}`);
      continue;
    }
    const patterns = [...tagPatternList, ...tagPrefixList.map((prefix) => `${prefix}*`)];
    const [tags = '*'] = patterns;
    const isTagged = tagStatus !== 'untagged';
    const isOfOthers = storageClass !== undefined && storageClass !== 'standard';
    if (isOfOthers || (by === undefined && countType !== 'imageCountMoreThan')) {
      note('selector', `${name}: ${isOfOthers ? storageClass : countType}`);
      if (isTagged) keep.push({ name: `${name}: not known`, tags: patterns.length > 1 ? patterns : tags });
      continue;
    }
    // An image has to match all of several patterns there, a tag of it each; what matches one is kept.
    if (patterns.length > 1) {
      note('except', `${name}: ${patterns.join(', ')}`);
      keep.push({ name, tags: patterns });
      continue;
    }
    if (by !== undefined) {
      const age = { olderThan: `${countNumber}d`, by };
      if (isTagged) {
        if (rulePriority !== inOrder.at(-1)?.rulePriority)
          keep.push({ name: `${name}: not yet`, tags, youngerThan: age.olderThan, by });
        remove.push({ name, tags, ...age });
      }
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
