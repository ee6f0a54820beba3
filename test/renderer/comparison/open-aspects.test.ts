import i18next, { type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { ComparedPlatform } from '../../../src-main/common/comparison.ts';
import { openOf, openText } from '../../../src-renderer/comparison/words.ts';
import { en } from '../../../src-renderer/i18n/en/index.ts';
import { zhCN } from '../../../src-renderer/i18n/zh-CN/index.ts';

const i18n = i18next.createInstance();
await i18n.init({ resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } } });
const said = (language: 'en' | 'zh-CN', platforms: Parameters<typeof openOf>[0]) =>
  openText(i18n.getFixedT(language) as unknown as TFunction, language, { open: openOf(platforms) });

const on = (
  architecture: string,
  unknown: ComparedPlatform['unknown'],
  rest: Partial<ComparedPlatform> = {},
) => ({
  platform: { os: 'linux', architecture },
  state: 'both' as const,
  verdict: 'different' as const,
  unknown,
  ...rest,
});

test('once the layers of one platform were read, the sentence says of which ones they were not', () => {
  const unread = ['files', 'packages'] as const;
  const alone = on('s390x', [], { state: 'onlyLeft' });
  expect(said('en', [on('amd64', unread), on('arm64', unread), alone])).toBe(
    'Not compared yet: files and packages.',
  );
  const read = [on('amd64', ['packages']), on('arm64', unread), alone];
  expect(said('en', read)).toBe('Not compared yet: files of linux/arm64 and packages.');
  expect(said('zh-CN', read)).toBe('尚未比较：linux/arm64 的文件和软件包。');
  const same = on('arm', [], { verdict: 'identical' });
  expect(said('en', [on('amd64', unread), same])).toBe('Not compared yet: files and packages.');
  expect(said('en', [on('amd64', []), on('arm64', [])])).toBeUndefined();
});

test('of many platforms it says how many', () => {
  const many = ['arm', 'arm64', 'ppc64le', 's390x'].map((name) => on(name, ['files']));
  expect(said('en', [on('amd64', []), ...many])).toBe('Not compared yet: files of 4 platforms.');
  expect(said('zh-CN', [on('amd64', []), ...many])).toBe('尚未比较：4 个平台的文件。');
});
