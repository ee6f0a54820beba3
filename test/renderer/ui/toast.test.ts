import { MantineProvider } from '@mantine/core';
import { notificationsStore } from '@mantine/notifications';
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import type { Failure } from '../../../src-main/common/failure.ts';
import { en } from '../../../src-renderer/i18n/en/index.ts';
import { zhCN } from '../../../src-renderer/i18n/zh-CN/index.ts';
import { toastFailure } from '../../../src-renderer/ui/toast.tsx';

beforeAll(async () => {
  const resources = { en: { translation: en }, 'zh-CN': { translation: zhCN } };
  await i18next.init({ lng: 'en', fallbackLng: false, resources, interpolation: { escapeValue: false } });
});

/** The title and the words of what a failure shows in a language. */
async function toastOf(failure: Failure, language: string): Promise<{ title: string; text: string }> {
  await i18next.changeLanguage(language);
  toastFailure(failure);
  const toast = notificationsStore.getState().notifications.pop();
  const message = createElement(MantineProvider, null, toast?.message);
  const text = renderToStaticMarkup(message).replace(/<style.*?<\/style>/gs, '');
  return { title: String(toast?.title), text: text.replace(/<[^>]+>/g, ' ') };
}

const denied: Failure = {
  code: 'denied',
  message: 'team/app:1.0: The registry does not allow this.',
  reason: 'no right to delete',
  object: 'team/app:1.0',
};
const asked: Failure = {
  code: 'unauthorized',
  message: 'team/app: The registry asks for a sign-in.',
  reason: 'authentication required',
  object: 'team/app',
  signInAt: 'registry.example.com',
};

test('B9: a toast names what it is about, and the reason that the registry gives', async () => {
  const { title, text } = await toastOf(denied, 'en');
  expect(title).toBe('This account is not allowed to do that');
  expect(text).toContain('team/app:1.0');
  expect(text).toContain('no right to delete');
});

test.each([
  ['en', 'The registry asks for a sign-in', 'You are not signed in to it.'],
  ['zh-CN', '该镜像仓库要求登录', '您尚未登录。'],
] as const)('B9: a toast says how to sign in where no one was (%s)', async (language, title, hint) => {
  const toast = await toastOf(asked, language);
  expect(toast.title).toBe(title);
  expect(toast.text).toContain('team/app');
  expect(toast.text).toContain(hint);
});
