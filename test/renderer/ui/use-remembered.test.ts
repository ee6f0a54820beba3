import { expect, test } from 'vitest';
import { z } from 'zod';
import { readRemembered } from '../../../src-renderer/ui/use-remembered.ts';

const schema = z.object({ width: z.number().min(184).max(420), collapsed: z.boolean() });
const usual = { width: 248, collapsed: false };

test('what was kept is read', () => {
  const text = '{"width":300,"collapsed":true}';
  expect(readRemembered(text, schema, usual)).toEqual({ width: 300, collapsed: true });
});

test.each([
  null,
  '',
  'nonsense',
  'null',
  '{"width":"wide","collapsed":false}',
  '{"width":9000,"collapsed":false}',
])('%j gives the usual value', (text) => {
  expect(readRemembered(text, schema, usual)).toBe(usual);
});
