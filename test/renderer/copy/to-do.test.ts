import { expect, test } from 'vitest';
import type { CopyPlan } from '../../../src-main/common/transfer.ts';
import { isOverwriting } from '../../../src-renderer/copy/to-do.ts';

const planOf = (subject: object, changed: number) =>
  ({ subject, items: { total: 1, by: { changed } } }) as unknown as CopyPlan;

test('what is overwritten can be kept where tags of a registry move, and nowhere else', () => {
  const [registry, layout] = [{ account: 'one' }, { content: 'ociLayout' }];
  expect(isOverwriting(planOf({ kind: 'retag', place: registry }, 1))).toBe(true);
  expect(isOverwriting(planOf({ kind: 'copy', target: registry }, 1))).toBe(true);
  expect(isOverwriting(planOf({ kind: 'copy', target: registry }, 0))).toBe(false);
  expect(isOverwriting(planOf({ kind: 'copy', target: layout }, 1))).toBe(false);
});
