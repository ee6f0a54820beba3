import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import { titleBarOf } from './title-bar.ts';
import { SMALLEST_SIZE, type WindowStateStore } from './window-state.ts';

const PRELOAD = fileURLToPath(new URL('preload.cjs', import.meta.url));

/** Pixels by which a further window lies beside the one before. */
const STEP = 28;

/** A window of the app: sandboxed, isolated, showing our page only. @param path place in the app @param beside the window it lies beside */
export function openWindow(store: WindowStateStore, path: string, beside?: BrowserWindow): BrowserWindow {
  const state = beside ? stateBeside(beside) : store.read();
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: SMALLEST_SIZE.width,
    minHeight: SMALLEST_SIZE.height,
    show: false,
    title: 'Wharfinger',
    // Seen until the page is painted.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    ...titleBarOf(process.platform),
    webPreferences: {
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    store.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  void window.loadURL(`${APP_ORIGIN}${path}`);
  return window;
}

function stateBeside(window: BrowserWindow): ReturnType<WindowStateStore['read']> {
  const { x, y, ...size } = window.getNormalBounds();
  return { bounds: { ...size, x: x + STEP, y: y + STEP }, maximized: false };
}
