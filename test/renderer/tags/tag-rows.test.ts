import { expect, test } from 'vitest';
import type { TagDetails } from '../../../src-main/common/tag.ts';
import { kindsOf } from '../../../src-renderer/tags/attached-marks.ts';
import { describeNames } from '../../../src-renderer/tags/tag-names.ts';
import { type TagRow, TagRowJoiner } from '../../../src-renderer/tags/tag-rows.ts';
import { finished } from '../finished.ts';
import { asked, join, namesOf } from './join.ts';
import { someAnswers as answers, someNames as names } from './some-tags.ts';
import { answersOf } from './tag-answers.ts';

const tagsOf = (rows: readonly TagRow[]) => rows.map(({ tags }) => tags.map(({ name }) => name));

test('a row is an image with its tags: versions first, then what is meant to move; a tag without details has its own', () => {
  const rows = join(new TagRowJoiner(), asked(names, answers));
  expect(tagsOf(rows)).toEqual([['1.10', '1', 'latest'], ['1.9'], ['edge']]);
  expect(rows.map(({ id }) => id)).toEqual(['sha256:bbb', 'sha256:aaa', 'edge']);
  expect(rows[0]?.tags.map(({ moving }) => moving)).toEqual([false, true, true]);
  expect(rows[2]).toMatchObject({ failure: { code: 'notFound' } });
});

test('flat, a row is a tag that knows the others on its image', () => {
  const rows = join(new TagRowJoiner(), asked(names, answers, { grouped: false }));
  expect(tagsOf(rows)).toEqual([['1.10'], ['latest'], ['1.9'], ['edge'], ['1']]);
  expect(rows[1]?.image.map(({ name }) => name)).toEqual(['1.10', '1', 'latest']);
  expect(rows[0]?.image).toBe(rows[1]?.image);
});

test('a row that did not change is the same object, one that did is not', () => {
  for (const grouped of [true, false]) {
    const joiner = new TagRowJoiner();
    const before = join(joiner, asked(names, answers, { grouped }));
    expect(join(joiner, asked(names, new Map(answers), { grouped }))).toEqual(before);
    const moved = new Map([...answers, ...answersOf({ '1.9': { digest: 'sha256:bbb', size: 20 } })]);
    const after = join(joiner, asked(names, moved, { grouped }));
    const edge = (rows: readonly TagRow[]) => rows.find(({ id }) => id === 'edge');
    expect(edge(after)).toBe(edge(before));
    expect(after[0]).not.toBe(before[0]);
    expect(after[0]?.image.map(({ name }) => name)).toEqual(['1.10', '1.9', '1', 'latest']);
  }
});

test('a tag that was seen to move, or that changed since, says so', () => {
  const details = { digest: 'sha256:bbb', moved: '2026-05-02T00:00:00Z' };
  const [row] = join(
    new TagRowJoiner(),
    asked(namesOf('1.0'), answersOf({ '1.0': details }), { changes: new Map([['1.0', 'moved']]) }),
  );
  expect(row?.tags[0]).toMatchObject({ moving: true, moved: details.moved, change: 'moved' });
});

test('what is attached is known from the inventory, from the index and from names of tags', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const attachedTags = ['.sig', ''].map((suffix) => `sha256-${'ab'.repeat(32)}${suffix}`);
  const all = namesOf('1.0', ...attachedTags);
  const marks = (details: Partial<TagDetails>) => {
    const described = finished(describeNames(all));
    const rows = join(
      new TagRowJoiner(),
      asked(described.own, answersOf({ '1.0': { digest, ...details } }), { described }),
    );
    return kindsOf(rows[0]?.attached ?? 0);
  };
  expect(marks({})).toEqual(['signature', 'other']);
  expect(marks({ attached: ['sbom'], attested: true })).toEqual(['signature', 'sbom', 'attestation']);
});

test('rows of the tags on one image share one list of them, also after one came: nothing is done for each pair', () => {
  const many = namesOf(...Array.from({ length: 1_000 }, (_, index) => `build-${index}`));
  const known = answersOf(Object.fromEntries(many.map(({ name }) => [name, {}])));
  const joiner = new TagRowJoiner();
  join(joiner, asked(many.slice(1), known, { grouped: false }));
  for (const next of [many, [...many]]) {
    const rows = join(joiner, asked(next, known, { grouped: false }));
    expect(new Set(rows.map(({ image }) => image)).size).toBe(1);
    expect(rows[0]?.image).toHaveLength(1_000);
  }
});
