import type { MantineColorScheme } from '@mantine/core';
import type { Settings } from '../../src-main/common/settings.ts';

const LANGUAGE_KEY = 'wharfinger.language';

/**
 * The language chosen last, known before the main side has answered, so that the first drawing is right. The settings on the
 * main side decide; this is a copy.
 */
export function rememberedLanguage(): Settings['language'] {
  const value = localStorage.getItem(LANGUAGE_KEY);
  return value === 'en' || value === 'zh-CN' ? value : 'system';
}

export function rememberLanguage(language: Settings['language']): void {
  localStorage.setItem(LANGUAGE_KEY, language);
}

/** Mantine's name for a theme; it keeps its own copy in localStorage. */
export function colorSchemeOf(theme: Settings['theme']): MantineColorScheme {
  return theme === 'system' ? 'auto' : theme;
}
