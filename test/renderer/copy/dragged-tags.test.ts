import { expect, test } from 'vitest';
import { hasTags, putTags, takeTags } from '../../../src-renderer/copy/dragged-tags.ts';

class Transfer {
  effectAllowed: DataTransfer['effectAllowed'] = 'all';
  readonly #data = new Map<string, string>();

  get types(): readonly string[] {
    return [...this.#data.keys()];
  }

  setData(type: string, text: string): void {
    this.#data.set(type, text);
  }

  clearData(): void {
    this.#data.clear();
  }

  getData(type: string): string {
    return this.#data.get(type) ?? '';
  }
}

test('tags come out of a drag as they were put in, and nothing else does', () => {
  const tags = { accountId: 'north', host: 'north.test', repository: 'team/app', tags: ['1.0', 'latest'] };
  const drag = new Transfer();
  expect(hasTags(drag)).toBe(false);
  expect(takeTags(drag)).toBeUndefined();
  drag.setData('text/uri-list', 'http://127.0.0.1/registries/north/image');
  putTags(drag, tags);
  expect(hasTags(drag)).toBe(true);
  expect(takeTags(drag)).toEqual(tags);
  expect(drag.getData('text/plain')).toBe('north.test/team/app:1.0\nnorth.test/team/app:latest');
  expect(drag.getData('text/uri-list')).toBe('');
  for (const type of drag.types) drag.setData(type, JSON.stringify({ ...tags, tags: [] }));
  expect(takeTags(drag)).toBeUndefined();
});
