import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src-main/common/failure.ts';
import { en } from '../../../src-renderer/i18n/en/index.ts';
import { resolveLanguage } from '../../../src-renderer/i18n/index.ts';
import { zhCN } from '../../../src-renderer/i18n/zh-CN/index.ts';

/** Every text with its path: `errors.timeout.title`. */
function texts(words: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [inner, text] of texts(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}

const english = texts(en);
const chinese = texts(zhCN);
/** Chinese has one plural form. */
const expected = [...english.keys()].filter((key) => !key.endsWith('_one'));

test('Chinese has every English key and no other', () => {
  expect([...chinese.keys()].filter((key) => !key.endsWith('_one')).toSorted()).toEqual(expected.toSorted());
});

test('no text is empty', () => {
  for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
});

test('both languages put in the same values', () => {
  const values = (text: string | undefined) =>
    [...(text ?? '').matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).toSorted();
  for (const key of expected) expect(values(chinese.get(key)), key).toEqual(values(english.get(key)));
});

test('Chinese texts use full-width punctuation between Chinese characters', () => {
  for (const [key, text] of chinese)
    expect(text, key).not.toMatch(/[\u4e00-\u9fff][,;:?!](?=[\u4e00-\u9fff]|$)/);
});

test('no line end parts a number from its unit', () => {
  for (const [key, text] of [...english, ...chinese]) {
    expect(text, key).not.toMatch(
      /(?:\}\}|\d) (?:(?:ms|s|min|h|d|y|[kMGT]?B|seconds?|minutes?|hours?|days?|months?|years?)\b|毫秒|秒|分钟|小时|天)/,
    );
  }
});

test('every failure code has a title and a help in both languages', () => {
  for (const code of failureCode.options) {
    for (const words of [english, chinese]) {
      expect(words.get(`errors.${code}.title`), code).toBeTruthy();
      expect(words.get(`errors.${code}.help`), code).toBeTruthy();
    }
  }
});

test('plurals follow each language', async () => {
  const i18n = i18next.createInstance();
  await i18n.init({
    lng: 'en',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
  });
  const count = (n: number) => i18n.t('accounts.imported', { count: n });
  expect([count(1), count(3)]).toEqual(['1 registry added.', '3 registries added.']);
  await i18n.changeLanguage('zh-CN');
  expect([count(1), count(3)]).toEqual(['已添加 1 个镜像仓库。', '已添加 3 个镜像仓库。']);
});

describe('the language of the system', () => {
  test.each([
    [['zh-Hans-CN', 'en'], 'zh-CN'],
    [['de-DE', 'zh-TW'], 'zh-CN'],
    [['en-GB', 'zh-CN'], 'en'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ] as const)('%j → %s', (preferred, language) => {
    expect(resolveLanguage('system', preferred)).toBe(language);
  });

  test('gives way to a choice', () => {
    expect(resolveLanguage('en', ['zh-CN'])).toBe('en');
    expect(resolveLanguage('zh-CN', ['en'])).toBe('zh-CN');
  });
});
