import { expect, test } from 'vitest';
import { Arrangement, type ShownOptions } from '../../../src-renderer/tags/shown.ts';
import { parseTagFilter } from '../../../src-renderer/tags/tag-filter.ts';
import type { TagRow } from '../../../src-renderer/tags/tag-rows.ts';
import { untaggedRows } from '../../../src-renderer/tags/untagged-rows.ts';
import { finished } from '../finished.ts';
import { namesOf } from './join.ts';
import { answersOf } from './tag-answers.ts';

const SIGNATURE = `sha256-${'ab'.repeat(32)}.sig`;
const list = { rows: namesOf('1.10', '1.9', SIGNATURE, 'edge'), complete: true };
const options: ShownOptions = {
  list,
  asListed: false,
  withAttached: false,
  readUpTo: 0,
  answers: answersOf({
    '1.9': { digest: 'sha256:aaa', pushed: '2026-05-02T00:00:00Z', attached: ['signature'] },
    '1.10': { digest: 'sha256:bbb', pushed: '2026-05-01T00:00:00Z' },
    edge: { digest: 'sha256:aaa', pushed: '2026-05-02T00:00:00Z', attached: ['signature'] },
  }),
  changes: new Map(),
  notes: new Map(),
  view: 'images',
  stays: false,
  untagged: [],
  filter: parseTagFilter('', Date.now),
  sortOf: (isDated) => ({ column: isDated ? 'pushed' : 'name', descending: true }),
};
const shown = (changed: Partial<ShownOptions> = {}, arrangement = new Arrangement()) =>
  finished(arrangement.of({ ...options, ...changed }));
const tagsOf = (rows: readonly TagRow[]) => rows.map(({ tags }) => tags.map(({ name }) => name));

test('names are in natural order or in the registry’s, with or without those of what is attached', () => {
  const names = (changed: Partial<ShownOptions>) => shown(changed).names.map(({ name }) => name);
  expect(names({})).toEqual(['1.9', '1.10', 'edge']);
  expect(names({ asListed: true, withAttached: true })).toEqual(['1.10', '1.9', SIGNATURE, 'edge']);
  expect(shown({ list: undefined })).toMatchObject({ names: [], isComplete: false });
  expect(shown()).toMatchObject({ isComplete: true, described: { attachedCount: 1 } });
});

test('rows are joined, counted, filtered and sorted', () => {
  const all = shown();
  expect(tagsOf(all.shown)).toEqual([['1.9', 'edge'], ['1.10']]);
  const byName = shown({ view: 'tags', sortOf: () => ({ column: 'name', descending: true }) });
  expect(tagsOf(byName.shown)).toEqual([['edge'], ['1.10'], ['1.9']]);
  // What is chosen among them is acted on in the order of the names.
  expect(tagsOf(byName.passed)).toEqual([['1.9'], ['1.10'], ['edge']]);
  expect(all).toMatchObject({ answered: 3, matching: 3, isPushed: true, unlooked: 0 });
  expect(all.counts).toEqual({ images: 2, signed: 1, sboms: 0 });

  const some = shown({ filter: parseTagFilter('signed:no 1*', Date.now), sortOf: () => undefined });
  // Of the other one it was not looked for.
  expect(some).toMatchObject({ shown: [], matching: 0, isPushed: false, unlooked: 1 });
  expect(tagsOf(some.rows)).toEqual([['1.9', 'edge'], ['1.10']]);
});

test('rows are images and sorted by date where few details are missing, or all are wanted', () => {
  const list = { rows: namesOf(...Array.from({ length: 150 }, (_, index) => `1.${index}`)), complete: true };
  const answers = answersOf({ '1.0': { digest: 'sha256:aaa' }, '1.1': { digest: 'sha256:aaa' } });
  const byName = shown({ list, answers });
  expect(byName).toMatchObject({ answered: 2, readsAll: false, grouped: false });
  expect(byName.sort).toEqual({ column: 'name', descending: true });
  expect(tagsOf(byName.shown)[0]).toEqual(['1.149']);
  for (const changed of [{ readUpTo: 150 }, { list: { ...list, rows: list.rows.slice(0, 102) } }]) {
    const byDate = shown({ list, answers, ...changed });
    expect(byDate.grouped).toBe(true);
    expect(byDate.sort?.column).toBe('pushed');
    expect(tagsOf(byDate.rows)[0]).toEqual(['1.1', '1.0']);
  }
  expect(shown({ list, answers, readUpTo: 150, view: 'tags' })).toMatchObject({
    readsAll: true,
    grouped: false,
  });
});

test('what is read meanwhile changes no order below the first rows, until that is asked for or they are in view again', () => {
  const list = { rows: namesOf(...Array.from({ length: 150 }, (_, index) => `1.${index}`)), complete: true };
  const answersTo = (count: number) =>
    answersOf(Object.fromEntries(list.rows.slice(0, count).map(({ name }) => [name, {}])));
  const arrangement = new Arrangement();
  const at = (count: number, changed: Partial<ShownOptions>) =>
    shown({ list, answers: answersTo(count), ...changed }, arrangement);
  expect(at(40, { stays: true })).toMatchObject({ grouped: false, isHeld: false });
  const held = at(60, { stays: true });
  expect(held).toMatchObject({ grouped: false, isHeld: true, sort: { column: 'name' } });
  // Nothing would change where an order was chosen.
  const sort = { column: 'size', descending: true } as const;
  expect(at(60, { stays: true, view: 'tags', sortOf: () => sort }).isHeld).toBe(false);
  expect(at(60, {})).toMatchObject({ grouped: true, isHeld: false, sort: { column: 'pushed' } });
  // What is in its order stays so.
  expect(at(70, { stays: true })).toMatchObject({ grouped: true, isHeld: false });
});

test('manifests without a tag are shown instead where the filter asks for them', () => {
  const untagged = untaggedRows([
    {
      digest: 'sha256:ccc',
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      kind: 'image',
      size: 1,
      platforms: [],
      attested: false,
    },
  ]);
  const arranged = shown({ untagged, filter: parseTagFilter('untagged', Date.now) });
  expect(arranged.shown).toEqual(untagged);
  expect(arranged.matching).toBe(0);
  expect(arranged.rows).toHaveLength(2);
});

test('what the registry notes is on the row, and a row that did not change is the same object', () => {
  const notes = new Map([['sha256:bbb', { digest: 'sha256:bbb', labels: ['tested'] }]]);
  const arrangement = new Arrangement();
  const before = shown({ notes }, arrangement);
  expect(before.shown.map(({ note }) => note?.labels)).toEqual([undefined, ['tested']]);
  const moved = answersOf({ '1.9': { digest: 'sha256:aaa', size: 7 } });
  const after = shown({ notes, answers: new Map([...options.answers, ...moved]) }, arrangement);
  expect(after.rows[1]).toBe(before.rows[1]);
  expect(after.rows[0]).not.toBe(before.rows[0]);
});

test('what did not change is not worked out again, and what was left half-way does no harm', () => {
  const arrangement = new Arrangement();
  const before = shown({}, arrangement);
  const dropped = arrangement.of({ ...options, view: 'tags' });
  for (let step = 0; step < 3; step++) expect(dropped.next().done).toBe(false);
  const again = shown({ filter: parseTagFilter('', Date.now) }, arrangement);
  expect(again.names).toBe(before.names);
  expect(again.rows).toBe(before.rows);
  expect(again.shown).toBe(before.shown);
  expect(again.counts).toBe(before.counts);
});
