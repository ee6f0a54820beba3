import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Settings } from '../../src-main/common/settings.ts';
import type { English } from './en/index.ts';

export type Language = Exclude<Settings['language'], 'system'>;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: English };
    returnNull: false;
  }
}

const load = {
  en: () => import('./en/index.ts').then((module): object => module.en),
  'zh-CN': () => import('./zh-CN/index.ts').then((module): object => module.zhCN),
} satisfies Record<Language, () => Promise<object>>;

/** The language shown for a choice: `system` follows the browser's or the desktop's list. */
export function resolveLanguage(
  choice: Settings['language'],
  preferred: readonly string[] = navigator.languages,
): Language {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** Loads the words and switches to them; resolves once they are in use. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      resources: { [language]: { translation: await load[language]() } },
      // React escapes.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  } else {
    if (!i18next.hasResourceBundle(language, 'translation')) {
      i18next.addResourceBundle(language, 'translation', await load[language]());
    }
    await i18next.changeLanguage(language);
  }
  document.documentElement.lang = language;
}
