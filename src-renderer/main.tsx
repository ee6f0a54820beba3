import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { resolveLanguage, switchLanguage } from './i18n/index.ts';
import { rememberedLanguage } from './settings/appearance.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** The fonts of the first words. One that cannot be had is done without. */
const fonts = ['13px "Inter Variable"', '13px "JetBrains Mono Variable"'].map((font) =>
  document.fonts.load(font),
);

// Words and fonts are there before the first drawing, so that no key, no wrong language and no other width flashes up.
await Promise.all([switchLanguage(resolveLanguage(rememberedLanguage())), Promise.allSettled(fonts)]);
createRoot(root).render(<App />);
