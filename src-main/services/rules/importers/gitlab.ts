import { z } from 'zod';
import { type Importer, parsed } from './notes.ts';

const fields = z.looseObject({
  enabled: z.boolean().optional(),
  cadence: z.string().nullish(),
  keep_n: z.int().positive().nullish(),
  older_than: z.string().nullish(),
  name_regex: z.string().nullish(),
  name_regex_delete: z.string().nullish(),
  name_regex_keep: z.string().nullish(),
});
/** Of a project, as its API has it and takes it, or the policy alone. @see GitLab, "Projects API" */
const project = z.union([
  z.looseObject({ container_expiration_policy: fields }).transform((all) => all.container_expiration_policy),
  z
    .looseObject({ container_expiration_policy_attributes: fields })
    .transform((all) => all.container_expiration_policy_attributes),
  fields,
]);

/** `7d`, and as its page writes it: `90 days`. */
const AGE = /^(\d+)\s*d(?:ays?)?\b/;

/** An expiration policy of a project: its repositories are below the project's name, or have it. */
export const fromGitLab: Importer = (text, scope, note) => {
  const { enabled, cadence, keep_n, older_than, ...names } = parsed(text, project);
  const [, days] = AGE.exec(older_than ?? '') ?? [];
  // It writes both: the one that is not used is empty.
  const removed = names.name_regex_delete || names.name_regex;
  const kept = names.name_regex_keep;
  if (enabled === false) note('disabled', 'enabled: false');
  if (cadence) note('schedule', cadence);
  if (older_than && days === undefined) note('setting', `older_than: ${older_than}`);
  if (keep_n && kept) note('count', `keep_n: ${keep_n}`);
  if (!removed || (older_than && days === undefined))
    return [{ name: scope || 'project', repositories: within(scope), protect: 'latest' }];
  const regex = whole(removed);
  return [
    {
      name: scope || 'project',
      repositories: within(scope),
      // It never deletes this one.
      protect: 'latest',
      keep: [
        ...(kept ? [{ name: 'names to keep', regex: whole(kept) }] : []),
        // `latest` is not counted there.
        ...(keep_n ? [{ name: 'newest', regex, newest: keep_n + 1 }] : []),
      ],
      delete: [{ name: 'names to remove', regex, ...(days === undefined ? {} : { olderThan: `${days}d` }) }],
    },
  ];
};

/** It matches the whole name. */
function whole(regex: string): string {
  return `^(?:${regex})$`;
}

function within(scope: string): string | string[] {
  return scope === '' ? '**' : [scope, `${scope}/**`];
}
