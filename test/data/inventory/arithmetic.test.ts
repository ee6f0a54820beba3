import path from 'node:path';
import { expect, test } from 'vitest';
import { openCache } from '../../../src-main/data/database/open.ts';
import { candidates } from '../../../src-main/data/inventory/candidates.ts';
import { makeCharts } from '../../../src-main/data/inventory/charts.ts';
import { Families } from '../../../src-main/data/inventory/families.ts';
import { FormerPlaces } from '../../../src-main/data/inventory/former-places.ts';
import { Outlines } from '../../../src-main/data/inventory/outlines.ts';
import { purge } from '../../../src-main/data/inventory/purge.ts';
import { schema } from '../../../src-main/data/inventory/schema.ts';
import { makeSettling } from '../../../src-main/data/inventory/settle.ts';
import { makeInventory } from '../../../src-main/data/inventory/tasks.ts';
import type { Scope } from '../../../src-main/data/inventory/totals.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { chanceOf, Model, type ModelRepository, someManifests } from './model.ts';

const REGISTRIES = ['one', 'two'];
const REPOSITORIES = ['app', 'team', 'team/app', 'team/web/front', 'team/web/back', 'teams/app', 'other/app'];
const TAGS = ['1', '2', '3', 'latest'];
const MEDIA = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  kind: 'image',
  platforms: [],
  attested: false,
} as const;

type Task<Input, Output> = (input: Input) => Generator<void, Output, void>;

/** An inventory, a model of the same, and chance. */
async function world(seed: number) {
  const database = await openCache(path.join(await temporaryFolder(), 'inventory.db'), schema);
  whenFinished(() => database.close());
  const chance = chanceOf(seed);
  const { changes } = makeInventory(database, new FormerPlaces(database, ''));
  return {
    database,
    changes,
    questions: makeCharts(database, new Families(database), new Outlines(database)),
    model: new Model(),
    manifests: someManifests(chance),
    chance,
    /** Some changes are left before what follows from them is worked out, as by a crash. */
    change<Input>(task: Task<Input, void>, input: Input): void {
      const work = task(input);
      if (chance(4) === 0) {
        work.next();
        work.return(undefined);
      } else run(work);
    },
  };
}

type World = Awaited<ReturnType<typeof world>>;

function run<Output>(task: Generator<void, Output, void>): Output {
  for (;;) {
    const { done, value } = task.next();
    if (done) return value;
  }
}

/** Something that happens to a registry, to both. */
function happen({ changes, model, manifests, chance, change }: World, seen: number): void {
  const registry = REGISTRIES[chance(REGISTRIES.length)] as string;
  const repository = REPOSITORIES[chance(REPOSITORIES.length)] as string;
  const place = { registry, repository };
  const manifest = () => manifests[chance(manifests.length)] as (typeof manifests)[number];
  const what = chance(20);
  if (what < 8) {
    const tags = TAGS.slice(chance(3)).map((name) => ({
      name,
      ...(chance(5) === 0 ? {} : { digest: manifest().digest }),
    }));
    change(changes.tags, { ...place, tags, seen });
    const mine = model.repository(registry, repository);
    for (const { name, digest } of tags) {
      mine.tags.set(name, digest ?? mine.tags.get(name));
      if (digest !== undefined) mine.missing.delete(digest);
    }
  } else if (what < 13) {
    const facts = Array.from({ length: 1 + chance(5) }, manifest);
    change(changes.manifests, { ...place, facts, seen });
    const mine = model.repository(registry, repository);
    for (const one of facts) {
      model.facts.set(one.digest, one);
      mine.held.add(one.digest);
      mine.missing.delete(one.digest);
    }
  } else if (what === 13) {
    const { digest, size } = manifest();
    change(changes.listed, { ...place, artifacts: [{ ...MEDIA, digest, size: size * 1000 }], seen });
    model.listed.set(digest, size * 1000);
    const mine = model.repository(registry, repository);
    mine.held.add(digest);
    mine.missing.delete(digest);
  } else if (what === 14) {
    const { digest } = manifest();
    change(changes.removeManifests, { ...place, digests: [digest] });
    const mine = model.registries.get(registry)?.get(repository);
    mine?.held.delete(digest);
    mine?.missing.add(digest);
  } else if (what < 18) {
    const names = TAGS.slice(chance(TAGS.length));
    run(changes.removeTags({ ...place, names }));
    for (const name of names) model.registries.get(registry)?.get(repository)?.tags.delete(name);
  } else if (what === 18) {
    run(changes.tags({ ...place, tags: [{ name: 'latest' }], seen }));
    run(changes.endTags({ ...place, seen }));
    const mine = model.repository(registry, repository);
    mine.tags = new Map([['latest', mine.tags.get('latest')]]);
  } else {
    const names = REPOSITORIES.filter(() => chance(3) > 0);
    run(changes.repositories({ registry, names, seen }));
    run(changes.endRepositories({ registry, seen }));
    for (const name of names) model.repository(registry, name);
    for (const name of REPOSITORIES) if (!names.includes(name)) model.registries.get(registry)?.delete(name);
  }
}

const SCOPES: Omit<Scope, 'registry'>[] = [
  {},
  ...['team', 'team/web', 'teams', 'other'].map((namespace) => ({ namespace })),
  ...REPOSITORIES.map((repository) => ({ repository })),
];

function inScope(model: Model, { registry, namespace, repository }: Scope): [string, ModelRepository][] {
  return [...(model.registries.get(registry) ?? [])].filter(
    ([name]) =>
      (repository === undefined || name === repository) &&
      (namespace === undefined || name.startsWith(`${namespace}/`)),
  );
}

/** What the repositories hold, by content: how many of them. */
function counted(model: Model, repositories: readonly [string, ModelRepository][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, repository] of repositories)
    for (const content of model.contents(repository)) counts.set(content, (counts.get(content) ?? 0) + 1);
  return counts;
}

/** Those that are needed and there, whether they were read or not. */
function manifestsOf(model: Model, repositories: readonly [string, ModelRepository][]): Set<string> {
  return new Set(
    repositories.flatMap(([, repository]) =>
      [...model.needed(repository)].filter((digest) => !repository.missing.has(digest)),
    ),
  );
}

function expected(model: Model, scope: Scope) {
  const repositories = inScope(model, scope);
  const here = counted(model, repositories);
  const everywhere = counted(model, inScope(model, { registry: scope.registry }));
  const tags = repositories.flatMap(([, repository]) => [...repository.tags.values()]);
  let unread = tags.filter((digest) => digest === undefined).length;
  for (const [, repository] of repositories) unread += model.unread(repository).length;
  const contents = [...here.keys()];
  return {
    repositories: repositories.length,
    tags: tags.length,
    manifests: manifestsOf(model, repositories).size,
    referencedBytes: tags.reduce((sum, digest) => sum + model.tagged(digest).bytes, 0),
    estimated: tags.filter((digest) => model.tagged(digest).estimated).length,
    uniqueBytes: model.sum(contents),
    exclusiveBytes: model.sum(contents.filter((content) => here.get(content) === everywhere.get(content))),
    sharedBytes: model.sum(contents.filter((content) => (everywhere.get(content) ?? 0) > 1)),
    known: { complete: false, scanned: { done: 0, total: repositories.length }, unread },
  };
}

function checkTotals({ model, questions }: World): void {
  for (const registry of REGISTRIES)
    for (const part of SCOPES) {
      const scope = { registry, ...part };
      expect(run(questions.summary(scope)), JSON.stringify(scope)).toEqual(expected(model, scope));
    }
}

function checkLists({ model, questions }: World): void {
  for (const registry of REGISTRIES)
    for (const part of SCOPES) {
      const scope = { registry, ...part };
      const here = counted(model, inScope(model, scope));
      const everywhere = counted(model, inScope(model, { registry }));
      const { items, total } = run(questions.largest({ scope, offset: 0, limit: 1000 }));
      const known = items.map(({ digest, size, repositories, tags }) => ({
        digest,
        size,
        repositories,
        tags,
      }));
      const wanted = [...here.keys()].map((digest) => ({
        digest,
        size: model.sizeOf(digest),
        repositories: everywhere.get(digest),
        tags: inScope(model, { registry }).flatMap(([, repository]) => model.leadingTo(repository, digest))
          .length,
      }));
      const byDigest = (a: { digest: string }, b: { digest: string }) => (a.digest < b.digest ? -1 : 1);
      expect(known.toSorted(byDigest), JSON.stringify(scope)).toEqual(wanted.sort(byDigest));
      expect(items.map(({ size }) => size)).toEqual(items.map(({ size }) => size).sort((a, b) => b - a));
      expect(total).toBe(items.length);
      const shared = [...here.keys()].filter(
        (digest) => ((part.repository === undefined ? here : everywhere).get(digest) ?? 0) > 1,
      );
      const twice = run(questions.duplicates({ scope, offset: 0, limit: 1000 }));
      expect(twice.items.map(({ digest }) => digest).sort()).toEqual(shared.sort());
      const [first] = shared;
      if (first === undefined) continue;
      const holding = inScope(model, scope).flatMap(([repository, its]) =>
        model.leadingTo(its, first).map((tag) => ({ repository, tag, digest: its.tags.get(tag) })),
      );
      const held = run(questions.holders({ scope, digest: first, offset: 0, limit: 1000 }));
      expect(held.total).toBe(holding.length);
      const key = (one: { repository: string; tag: string }) => `${one.repository}:${one.tag}`;
      expect(held.items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
        holding.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
      );
    }
}

/** Of images that begin with the same layers, each longest beginning of at least two of them. */
function expectedFamilies(model: Model, scope: Scope) {
  const images = new Map<string, string[]>();
  const repositories = inScope(model, scope);
  for (const [, repository] of repositories)
    for (const digest of model.needed(repository)) {
      const facts = model.facts.get(digest);
      const layers = facts?.blobs.filter(({ role }) => role === 'layer') ?? [];
      if (facts?.kind === 'image' && !repository.missing.has(digest) && layers.length > 0)
        images.set(
          digest,
          layers.map((layer) => layer.digest),
        );
    }
  const families = new Map<string, { base: string[]; images: string[] }>();
  for (const one of images.values())
    for (let length = 1; length <= one.length; length++) {
      const base = one.slice(0, length);
      const same = [...images].filter(([, layers]) => base.every((layer, at) => layers[at] === layer));
      const goesOn = same.every(
        ([, layers]) => layers[length] !== undefined && layers[length] === same[0]?.[1][length],
      );
      if (same.length > 1 && !goesOn)
        families.set(base.join(), { base, images: same.map(([digest]) => digest) });
    }
  return [...families.values()].flatMap(({ base, images: members }) => {
    const leading = repositories.flatMap(([name, repository]) =>
      [...repository.tags.values()]
        .filter(
          (digest) =>
            digest !== undefined &&
            members.some(
              (member) =>
                below(model, digest).has(member) &&
                model.needed(repository).has(member) &&
                !repository.missing.has(member),
            ),
        )
        .map(() => name),
    );
    const count = new Set(leading).size;
    if (count < (scope.repository === undefined ? 2 : 1)) return [];
    const size = model.sum(new Set(base));
    return [{ base, size, images: members.length, repositories: count, tags: leading.length }];
  });
}

function below(model: Model, digest: string): Set<string> {
  const found = new Set([digest]);
  for (const one of found) for (const child of model.facts.get(one)?.children ?? []) found.add(child.digest);
  return found;
}

function checkFamilies({ model, questions }: World, now: number): void {
  for (const registry of REGISTRIES)
    for (const part of SCOPES) {
      const scope = { registry, ...part };
      const { items, total } = run(questions.families({ scope, offset: 0, limit: 1000, now }));
      const byBase = (one: { base: string[] }, other: { base: string[] }) =>
        one.base.join() < other.base.join() ? -1 : 1;
      expect(items.toSorted(byBase), JSON.stringify(scope)).toEqual(
        expectedFamilies(model, scope).sort(byBase),
      );
      expect(total).toBe(items.length);
      const order = items.map(({ repositories }) => repositories);
      expect(order).toEqual(order.toSorted((a, b) => b - a));
    }
}

/** What a set of tags frees is what the registry holds less without them. */
function checkFreed({ model, questions, chance }: World): void {
  for (const registry of REGISTRIES) {
    const all = inScope(model, { registry });
    const tags = all.flatMap(([repository, { tags: mine }]) =>
      [...mine.keys()].filter(() => chance(3) === 0).map((tag) => ({ repository, tag })),
    );
    const without = model.clone();
    for (const { repository, tag } of tags)
      without.registries.get(registry)?.get(repository)?.tags.delete(tag);
    const before = counted(model, all);
    const after = counted(without, inScope(without, { registry }));
    const gone = [...before.keys()].filter((content) => !after.has(content));
    const answer = run(questions.freed({ registry, tags }));
    const going = all.flatMap(([name, its]) => {
      const left = without.registries.get(registry)?.get(name);
      return left ? model.unread(its).filter((digest) => !without.needed(left).has(digest)) : [];
    });
    const undigested = tags.filter(
      ({ repository, tag }) => model.registries.get(registry)?.get(repository)?.tags.get(tag) === undefined,
    ).length;
    expect(answer).toMatchObject({
      bytes: model.sum(gone),
      unread: going.length + undigested,
      atMost: gone.length > 0 && model.sum(gone) > 0,
    });
    expect(answer.manifests + answer.blobs).toBe(gone.length);
    expect(answer.untaggedBytes).toBeLessThanOrEqual(answer.bytes);
    checkChosen({ model, questions }, registry, { tags, freed: answer, gone });
  }
}

/** A set of tags holds what repositories of only these tags would. */
function checkChosen(
  { model, questions }: Pick<World, 'model' | 'questions'>,
  registry: string,
  chosen: { tags: { repository: string; tag: string }[]; freed: object; gone: string[] },
): void {
  const alone = inScope(model, { registry }).map(([name, repository]): [string, ModelRepository] => {
    const wanted = new Set(chosen.tags.flatMap((one) => (one.repository === name ? [one.tag] : [])));
    return [name, { ...repository, tags: new Map([...repository.tags].filter(([tag]) => wanted.has(tag))) }];
  });
  const tagged = alone.flatMap(([, { tags }]) => [...tags.values()].map((digest) => model.tagged(digest)));
  const unique = model.sum(counted(model, alone).keys());
  const exclusive = model.sum(chosen.gone);
  const twice = [...chosen.tags, ...chosen.tags];
  expect(run(questions.chosen({ registry, tags: twice }))).toMatchObject({
    tags: chosen.tags.length,
    manifests: manifestsOf(model, alone).size,
    referencedBytes: tagged.reduce((sum, { bytes }) => sum + bytes, 0),
    estimated: tagged.filter(({ estimated }) => estimated).length,
    uniqueBytes: unique,
    exclusiveBytes: exclusive,
    sharedBytes: unique - exclusive,
    freed: chosen.freed,
  });
  const stay = [...counted(model, alone).keys()].filter((content) => !chosen.gone.includes(content));
  const staying = run(questions.staying({ registry, tags: twice, offset: 0, limit: 1_000 }));
  expect(staying.total).toBe(stay.length);
  expect(staying.items.map(({ digest }) => digest).toSorted()).toEqual(stay.toSorted());
  const sizes = staying.items.map(({ size }) => size);
  expect(sizes).toEqual(stay.map((content) => model.sizeOf(content)).toSorted((one, other) => other - one));
  const second = run(questions.staying({ registry, tags: twice, offset: 1, limit: 1 }));
  expect(second).toEqual({ items: staying.items.slice(1, 2), total: staying.total });
}

/** What is forgotten changes no answer, and is all that no repository has. */
function checkPurged(here: World, day: number): void {
  const { database, model } = here;
  const questions = (): string[] =>
    REGISTRIES.flatMap((registry) =>
      REPOSITORIES.map((repository) => JSON.stringify(run(candidates(database, { registry, repository })))),
    );
  const before = questions();
  // Each time goes a level deeper into indexes.
  for (let time = 0; time < 5; time++)
    run(purge(database, makeSettling(database).settle, (day + time) * 86_400_000));
  expect(questions()).toEqual(before);
  const kept = new Set<string>();
  for (const repositories of model.registries.values())
    for (const repository of repositories.values())
      for (const digest of [...model.needed(repository), ...repository.held]) kept.add(digest);
  for (const digest of kept)
    for (const child of model.facts.get(digest)?.children ?? []) kept.add(child.digest);
  const digests = (sql: string) => database.all(sql).map((row) => String(row.digest));
  const read = digests('SELECT digest FROM manifests JOIN contents USING (id) WHERE read = 1');
  expect(read.sort()).toEqual([...kept].filter((digest) => model.facts.has(digest)).sort());
  const named = new Set(kept);
  for (const digest of read) {
    const { subject, blobs = [] } = model.facts.get(digest) ?? {};
    for (const one of [subject, ...blobs.map((blob) => blob.digest)]) if (one !== undefined) named.add(one);
  }
  expect(digests('SELECT digest FROM contents').filter((digest) => !named.has(digest))).toEqual([]);
  expect(database.all('PRAGMA foreign_key_check')).toEqual([]);
}

test.each(Array.from({ length: 6 }, (_, seed) => seed))(
  'sums, lists and freed bytes are those of the sets they mean, after any changes (%i)',
  async (seed) => {
    const here = await world(seed);
    for (let round = 0; round < 25; round++) {
      for (let times = 0; times < 4; times++) happen(here, round * 10 + times + 1);
      checkTotals(here);
      checkFreed(here);
      if (round % 5 === 4) {
        checkLists(here);
        checkFamilies(here, round);
      }
    }
    run(here.changes.forget('two'));
    here.model.registries.delete('two');
    checkPurged(here, 1);
    checkTotals(here);
    checkFreed(here);
    checkLists(here);
  },
  60_000,
);
