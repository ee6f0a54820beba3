import { expect, test } from 'vitest';
import {
  meantBy,
  type Picked,
  type RepositoryPatterns,
  withPicked,
} from '../../../src-renderer/sync/picked-patterns.ts';

const NAMES = ['base', 'team/api', 'team/web', 'team/tools/lint', 'ops/cron', 'ops/mail'];
const NOTHING: RepositoryPatterns = { repositories: [], excludeRepositories: [] };

const repository = (name: string): Picked => ({ name, isNamespace: false });
const namespace = (name: string): Picked => ({ name, isNamespace: true });

function meant(patterns: RepositoryPatterns): string[] {
  return NAMES.filter(meantBy(patterns));
}

test('a repository is taken in by its name, and a namespace by one pattern that means what comes later as well', () => {
  const one = withPicked(NOTHING, repository('team/api'), true, NAMES);
  expect(one).toEqual({ repositories: ['team/api'], excludeRepositories: [] });
  const all = withPicked(one, namespace('team'), true, NAMES);
  expect(all).toEqual({ repositories: ['team/*'], excludeRepositories: [] });
  expect(meant(all)).toEqual(['team/api', 'team/web']);
  expect(meantBy(all)('team/new')).toBe(true);
});

test('what is left out of a namespace is excluded, and taken in again without a trace', () => {
  const all = withPicked(NOTHING, namespace('team'), true, NAMES);
  const less = withPicked(all, repository('team/web'), false, NAMES);
  expect(less).toEqual({ repositories: ['team/*'], excludeRepositories: ['team/web'] });
  expect(withPicked(less, repository('team/web'), true, NAMES)).toEqual(all);
  expect(withPicked(less, namespace('team'), false, NAMES)).toEqual(NOTHING);
});

test('of everything a namespace can be left out, and one repository of it taken in again', () => {
  const everything = { repositories: ['**'], excludeRepositories: [] };
  const less = withPicked(everything, namespace('ops'), false, NAMES);
  expect(less).toEqual({ repositories: ['**'], excludeRepositories: ['ops/*'] });
  const more = withPicked(less, repository('ops/mail'), true, NAMES);
  expect(meant(more)).toEqual(NAMES.filter((name) => name !== 'ops/cron'));
});

test('a pattern that reaches further stays when a part of it is left out', () => {
  const deep = { repositories: ['team/**'], excludeRepositories: [] };
  const less = withPicked(deep, namespace('team'), false, NAMES);
  expect(meant(less)).toEqual(['team/tools/lint']);
});

test('every box does what it shows, whatever was written before', () => {
  const written: RepositoryPatterns[] = [
    { repositories: ['team/*', 'ops/m*'], excludeRepositories: ['*/web'] },
    { repositories: ['**/api', 'base'], excludeRepositories: [] },
    { repositories: ['**'], excludeRepositories: ['team/**'] },
  ];
  for (const before of written) {
    for (const picked of [...NAMES.map(repository), namespace('team'), namespace('ops')]) {
      for (const takes of [true, false]) {
        const after = meant(withPicked(before, picked, takes, NAMES));
        const isPicked = (name: string) =>
          picked.isNamespace ? name.slice(0, name.lastIndexOf('/')) === picked.name : name === picked.name;
        const wanted = NAMES.filter((name) => (isPicked(name) ? takes : meant(before).includes(name)));
        expect(after, JSON.stringify({ before, picked, takes })).toEqual(wanted);
      }
    }
  }
});
