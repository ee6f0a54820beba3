import { expect, test } from 'vitest';
import { repositoriesCsv } from '../../../src-renderer/repositories/csv.ts';
import { repositoryRows, storageOf } from './rows.ts';

test('what is not known is empty; names cannot end a field or become a formula', () => {
  const known = new Map([
    [
      'team/app',
      storageOf('team/app', {
        tags: 3,
        images: 2,
        kinds: ['image', 'index'],
        uniqueBytes: 1_000,
        exclusiveBytes: 10,
        newest: '2026-01-01T00:00:00Z',
        pushed: '2026-01-02T00:00:00Z',
        newestTag: '1.0',
      }),
    ],
    ['listed', storageOf('listed', { tags: 2, manifests: 0, complete: false })],
  ]);
  const rows = repositoryRows(['team/app', 'listed', '=HYPERLINK("x",1)', 'unread']);
  expect(repositoriesCsv(rows, known).split('\r\n')).toEqual([
    'repository,tags,images,kinds,unique_bytes,only_here_bytes,newest_image,last_push,newest_tag,complete',
    'team/app,3,2,image index,1000,10,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,1.0,true',
    'listed,2,,,,,,,,false',
    '"\'=HYPERLINK(""x"",1)",,,,,,,,,',
    'unread,,,,,,,,,',
    '',
  ]);
});
