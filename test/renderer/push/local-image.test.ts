import { expect, test } from 'vitest';
import { imagesOfEngine, imagesOfPlace, nameAtRegistry } from '../../../src-renderer/push/local-image.ts';

const engine = { kind: 'engine' } as const;
const id = `sha256:${'a'.repeat(64)}`;

test('each name of an image in an engine is one to choose; without a name its ID is', () => {
  const about = { size: 1, created: '2024-01-01T00:00:00Z' };
  const images = imagesOfEngine([
    { id, names: ['localhost:5000/team/app:1.0', 'web'], ...about },
    { id, names: [], ...about },
  ]);
  expect(images.map(({ repository, reference }) => [repository, reference])).toEqual([
    ['localhost:5000/team/app', '1.0'],
    ['web', 'latest'],
    ['', id],
  ]);
});

test.each([
  ['docker.io/library/alpine', '3.20', 'alpine', '3.20'],
  ['docker.io/team/app', '1', 'team/app', '1'],
  ['registry.test:5000/a/b', '1', 'a/b', '1'],
  ['localhost/web', 'latest', 'web', 'latest'],
  ['team/app', 'v2', 'team/app', 'v2'],
  ['', '1.0', '', '1.0'],
  ['', id, '', 'latest'],
])('%s at %s becomes %s:%s', (repository, reference, name, tag) => {
  expect(nameAtRegistry({ id: '', place: engine, repository, reference })).toEqual({ repository: name, tag });
});

test('a file without names has the one image that its digest names', () => {
  const place = { kind: 'ociArchive', path: '/a.tar' } as const;
  expect(imagesOfPlace(place, [], id)).toEqual([{ id, place, repository: '', reference: id }]);
  expect(imagesOfPlace(place, [{ repository: '', tag: '1.0' }], undefined)).toMatchObject([
    { id: '1.0', repository: '', reference: '1.0' },
  ]);
  expect(imagesOfPlace(place, [], undefined)).toEqual([]);
});
