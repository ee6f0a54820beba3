import { expect, test } from 'vitest';
import type { TagDetails } from '../../../src-main/common/tag.ts';
import type { KnownTag } from '../../../src-renderer/tags/known-tag.ts';
import { referencesText, toCsv, toJsonLines } from '../../../src-renderer/tags/tag-export.ts';

const details: TagDetails = {
  name: '1.0',
  digest: 'sha256:aa',
  mediaType: 'application/vnd.oci.image.index.v1+json',
  kind: 'index',
  size: 1234,
  created: '2026-01-02T03:04:05Z',
  platforms: [
    { os: 'linux', architecture: 'amd64' },
    { os: '=cmd()', architecture: 'a"b' },
  ],
  attested: false,
};
const rows: readonly KnownTag[] = [{ name: '1.0', details }, { name: 'unread' }];
const PLACE = 'registry.example/team/app';

test('a CSV has a line of names and one for each tag; what is not known is empty', () => {
  expect(toCsv(PLACE, rows).split('\r\n')).toEqual([
    'reference,repository,tag,digest,kind,platforms,size,created,pushed',
    'registry.example/team/app:1.0,registry.example/team/app,1.0,sha256:aa,index,"linux/amd64 =cmd()/a""b",1234,2026-01-02T03:04:05Z,',
    'registry.example/team/app:unread,registry.example/team/app,unread,,,,,,',
    '',
  ]);
});

test('no cell begins like a formula', () => {
  const [row] = rows;
  const odd = { ...details, platforms: [{ os: '=cmd()', architecture: 'x' }] };
  expect(toCsv(PLACE, row ? [{ ...row, details: odd }] : [])).toContain(",'=cmd()/x,");
});

test('JSON lines leave out what is not known, and references are one a line', () => {
  const [first, second] = toJsonLines(PLACE, rows)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ tag: '1.0', digest: 'sha256:aa', size: 1234 });
  expect(second).toEqual({ reference: `${PLACE}:unread`, repository: PLACE, tag: 'unread' });
  expect(referencesText(PLACE, ['1.0', '2.0'])).toBe(`${PLACE}:1.0\n${PLACE}:2.0`);
});

test('a manifest without a tag is named by its digest', () => {
  const lone = { name: details.digest, details };
  expect(referencesText(PLACE, [lone.name])).toBe(`${PLACE}@sha256:aa`);
  expect(JSON.parse(toJsonLines(PLACE, [lone]))).not.toHaveProperty('tag');
  expect(toCsv(PLACE, [lone])).toContain(`${PLACE}@sha256:aa,${PLACE},,sha256:aa,`);
});
