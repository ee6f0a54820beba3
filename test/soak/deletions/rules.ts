import { Random } from '../../../src-main/local-registry/samples/random.ts';
import { chance } from '../cargo.ts';
import type { StoredTags } from './model.ts';
import type { Shelf } from './shelf.ts';

/** Random rules of a cleanup, as a file of them and as the model asks them. */
export interface DrawnRules {
  readonly text: string;
  /** Whether they take a tag that is not named after a digest. */
  takes(tag: string): boolean;
}

/** Begins or ends of names, whole names, and combinations of what protects, keeps and deletes. */
export function drawRules(seed: string, namespace: string, { placed }: Shelf): DrawnRules {
  const random = new Random(`${seed}/rules`);
  const names = placed.flatMap(({ tags }) => tags).filter((tag) => !isAttached(tag));
  const draw = (most: number): string[] =>
    Array.from({ length: random.below(most + 1) }, () => {
      const digit = String(random.below(10));
      const [first = 'none', ...others] = names;
      const whole = random.pick([first, ...others]);
      return random.pick([`t*${digit}`, `t${digit}*`, whole]);
    });
  const [protect, keep, remove] = [draw(2), draw(2), chance(random, 50) ? ['t*'] : draw(4)];
  const rule = {
    name: 'drawn',
    repositories: `${namespace}/*`,
    ...(protect.length > 0 ? { protect } : {}),
    ...(keep.length > 0 ? { keep: [{ name: 'kept', tags: keep }] } : {}),
    ...(remove.length > 0 ? { delete: [{ name: 'gone', tags: remove }] } : {}),
  };
  const isOf = (patterns: readonly string[], tag: string) =>
    patterns.some((pattern) => {
      const [begin = '', end] = pattern.split('*');
      if (end === undefined) return tag === pattern;
      return tag.startsWith(begin) && tag.endsWith(end) && tag.length >= begin.length + end.length;
    });
  return {
    text: JSON.stringify({ version: 1, rules: [rule] }),
    takes: (tag) => isOf(remove, tag) && !isOf(protect, tag) && !isOf(keep, tag),
  };
}

const isAttached = (tag: string): boolean => tag.startsWith('sha256-');

/**
 * The tags that rules take of a repository: those that they name, and tags named after a digest that goes with these, unless something
 * that stays is on it or holds it.
 */
export function takenBy(
  rules: Pick<DrawnRules, 'takes'>,
  { tags }: StoredTags,
  { manifests }: Pick<Shelf, 'manifests'>,
): Set<string> {
  const own = [...tags.keys()].filter((tag) => !isAttached(tag));
  const going = new Set(own.filter(rules.takes));
  const open = new Set([...tags.keys()].filter(isAttached));
  /** Tags about what these hold, about what those hold, and so on. */
  const about = (roots: readonly string[]): string[] => {
    const found = [...roots];
    for (const tag of found) {
      const digest = tags.get(tag) ?? '';
      const held = new Set([digest, ...(manifests.get(digest)?.contained ?? [])]);
      for (const other of open) {
        if (!held.has(other.replace(/[.].*/, '').replace('-', ':'))) continue;
        open.delete(other);
        found.push(other);
      }
    }
    return found.slice(roots.length);
  };
  about(own.filter((tag) => !going.has(tag)));
  for (const tag of about([...going])) going.add(tag);
  return going;
}
