import { RegistryError } from '../../errors.ts';
import type { ReplicationDifference, Replicator, WantedReplication } from '../../product/replicator.ts';
import type { FieldsOf } from '../../resource-kinds.ts';

type Rule = FieldsOf<'replicationRule'>;

/** Harbor's names of other products; the others it knows by the registry's protocol alone. */
const PROVIDERS: Readonly<Record<string, string>> = {
  harbor: 'harbor',
  dockerHub: 'docker-hub',
  ghcr: 'github-ghcr',
  ecr: 'aws-ecr',
  acr: 'azure-acr',
  gar: 'google-gcr',
  artifactory: 'jfrog-artifactory',
};
const BY_PROTOCOL = 'docker-registry';
/** Where it knows another product by its page, not by its registry. */
const ORIGINS: Readonly<Record<string, string>> = { dockerHub: 'https://hub.docker.com' };

/**
 * Says a synchronisation in Harbor's rules, whose patterns are those of doublestar: each has one name, of which the last part may
 * be a choice, and one pattern of tags that are meant or left out.
 *
 * @see Harbor's documentation, "Configuring Replication"; its `replaceNamespace` for names at the destination
 */
export const replicator: Replicator = {
  providerOf(system, offered) {
    const named = PROVIDERS[system] ?? BY_PROTOCOL;
    return offered.includes(named) ? named : BY_PROTOCOL;
  },
  originOf: (system, url) => ORIGINS[system] ?? new URL(url).origin,
  rulesFor(wanted) {
    const { namespace, flattened } = destinationOf(wanted);
    const common: Rule = {
      ...tagsOf(wanted),
      // Without a namespace names stay whole, whatever the number is.
      ...(namespace === null ? {} : { namespace, flattened }),
      trigger: 'manual',
      deletes: false,
      overrides: !wanted.newOnly,
      enabled: true,
    };
    return {
      rules: namesOf(wanted.repositories).map((names) => ({ ...common, names })),
      differences: differencesOf(wanted),
    };
  },
};

/** What a doublestar pattern reads otherwise than ours: groups with a sign before them, and expressions. */
const FOREIGN_SIGNS = /[!@+?*]\(|^!|^regex:/;

/** @throws {RegistryError} `unsupported` */
function readable(patterns: readonly string[]): readonly string[] {
  const other = patterns.find((pattern) => FOREIGN_SIGNS.test(pattern));
  if (other === undefined) return patterns;
  throw new RegistryError('unsupported', '', { reason: `Harbor cannot read the pattern "${other}".` });
}

const EVERYTHING: ReadonlySet<string> = new Set(['*', '**']);
const isEverything = (patterns: readonly string[]) => patterns.some((pattern) => EVERYTHING.has(pattern));

/** A name for each rule: those that differ in their last part only are a choice in one. Undefined stands for all names. */
function namesOf(repositories: readonly string[]): (string | null)[] {
  if (repositories.includes('**')) return [null];
  const groups = Map.groupBy(readable(repositories), (name) => name.slice(0, name.lastIndexOf('/') + 1));
  return [...groups].flatMap(([start, names]) => {
    const last = names.map((name) => name.slice(start.length));
    const plain = last.filter((name) => !/[{},]/.test(name) && name !== '**');
    const others = last.filter((name) => !plain.includes(name)).map((name) => start + name);
    return [...(plain.length > 0 ? [start + choiceOf(plain)] : []), ...others];
  });
}

const choiceOf = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : `{${texts.join(',')}}`);

/** Tags that are meant, or where all are, those that are not. */
function tagsOf({ tags, excludeTags }: WantedReplication): Pick<Rule, 'tags' | 'tagsExcept'> {
  readable([...tags, ...excludeTags]);
  if (!isEverything(tags)) return { tags: choiceOf(tags) ?? null, tagsExcept: false };
  return excludeTags.length > 0
    ? { tags: choiceOf(excludeTags) ?? null, tagsExcept: true }
    : { tags: null, tagsExcept: false };
}

/**
 * The namespace at the destination, and how many leading parts of a name it takes the place of; -1: all but the last.
 *
 * @throws {RegistryError} `unsupported`
 */
function destinationOf({ rename, repositories }: WantedReplication): {
  namespace: string | null;
  flattened: number;
} {
  const template = rename.replace('{namespace}/{name}', '{repository}');
  if (template === '{repository}') return { namespace: null, flattened: 0 };
  const [, namespace = '', part = '', start] =
    /^([^{}]+)\/\{(repository|name)(?:#([^{}]*)\/)?\}$/.exec(template) ?? [];
  if (part === 'name' && start === undefined) return { namespace, flattened: -1 };
  if (part === 'repository' && start === undefined) return { namespace, flattened: 0 };
  if (part === 'repository' && repositories.every((name) => name.startsWith(`${start}/`)))
    return { namespace, flattened: start?.split('/').length ?? 0 };
  const only = fixedOf(rename, repositories);
  if (only !== undefined) return { namespace: only, flattened: -1 };
  throw new RegistryError('unsupported', '', {
    reason:
      `Harbor cannot name repositories by "${rename}": it puts a namespace before their names, ` +
      'in the place of none, some or all of the parts before the last.',
  });
}

/** The namespace where the one repository gets a fixed name with the same last part. */
function fixedOf(rename: string, repositories: readonly string[]): string | undefined {
  const [only = '', ...others] = repositories;
  const slash = rename.lastIndexOf('/');
  if (others.length > 0 || /[{}*?[]/.test(rename + only) || slash < 0) return undefined;
  return only.slice(only.lastIndexOf('/') + 1) === rename.slice(slash + 1)
    ? rename.slice(0, slash)
    : undefined;
}

function differencesOf(wanted: WantedReplication): ReplicationDifference[] {
  const { versions, excludeRepositories, excludeTags, tags, platforms, attached, foreign, prune } = wanted;
  const said = (name: ReplicationDifference['name'], when = true, values: readonly string[] = []) =>
    when ? [{ name, values }] : [];
  return [
    ...said('versions', versions.trim() !== '', [versions.trim()]),
    ...said('excludedRepositories', excludeRepositories.length > 0, excludeRepositories),
    ...said('excludedTags', excludeTags.length > 0 && !isEverything(tags), excludeTags),
    ...said('platforms', platforms.length > 0, platforms),
    ...said(attached ? 'attachedItsWay' : 'attachedAlways'),
    ...said('foreign', foreign),
    ...said('prune', prune),
    ...said('preview'),
    ...said('verification'),
    ...said('undo'),
    ...said('runsThere'),
    ...said('triggers'),
    ...said('speed'),
    // It tells the other side of what was deleted here, never the other way round.
    ...said('deletions', wanted.pushes),
  ];
}
