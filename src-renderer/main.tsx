import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { resolveLanguage, switchLanguage } from './i18n/index.ts';
import { rememberedLanguage } from './settings/appearance.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// The words are there before the first drawing, so that no key and no wrong language flashes up.
await switchLanguage(resolveLanguage(rememberedLanguage()));
createRoot(root).render(<App />);
