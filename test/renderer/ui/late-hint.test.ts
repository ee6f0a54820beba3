import i18next, { type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { en } from '../../../src-renderer/i18n/en/index.ts';
import { type LateHint, lateHint, lateHintWords } from '../../../src-renderer/ui/late-hint.ts';

const at = Date.UTC(2026, 2, 1, 12);

test.each<[LateHint, RegExp]>([
  [{ of: 'bytes', bytes: 1 }, /^1 byte$/],
  [{ of: 'bytes', bytes: 1_234_567 }, /^1,234,567 bytes$/],
  [{ of: 'time', at }, /^(?!.*:.*Mar).*Mar 1, 2026/],
  [{ of: 'time', at, what: 'pushedAt' }, /^Pushed: Mar 1, 2026/],
  [{ of: 'split', exclusive: 1_000, shared: 0 }, /^1\.00\skB only here, 0\sB shared/],
])('%j is put into words when it is shown', async (hint, words) => {
  const instance = i18next.createInstance();
  await instance.init({ lng: 'en', resources: { en: { translation: en } } });
  const t: TFunction = instance.t;
  expect(lateHintWords(lateHint(hint)['data-late-hint'], t, 'en')).toMatch(words);
});
