import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, Menu, nativeTheme, session } from 'electron';
import ElectronStore from 'electron-store';
import { createRouter } from '../../api/index.ts';
import { dataHome } from '../../data/index.ts';
import type { Core } from '../../services/index.ts';
import { endSignal } from '../shared/end-signal.ts';
import { openCore, rendererFolder, version } from '../shared/open-core.ts';
import { RendererFiles } from '../shared/renderer-files.ts';
import { declareAppScheme, serveAppScheme } from './app-scheme.ts';
import { serveContractPort } from './contract-port.ts';
import { ExternalLinks } from './external-links.ts';
import { lockDown, lockDownSession } from './lockdown.ts';
import { contextMenu, menuBar, menuLanguage } from './menu.ts';
import { isUnsandboxed, UNSANDBOXED } from './sandbox.ts';
import { serveSaveTarget } from './save-target.ts';
import { openWindow } from './window.ts';
import { WindowStateStore } from './window-state.ts';

app.setName('Wharfinger');
app.setAboutPanelOptions({ applicationName: 'Wharfinger', applicationVersion: version });
// Chromium's files stay apart from ours, and each home has an instance of its own.
app.setPath('userData', join(dataHome(process.env, process.platform), 'window'));

if (isUnsandboxed()) {
  void fail(UNSANDBOXED);
} else if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  lockDown(app);
  void run();
} else {
  process.stdout.write('Wharfinger is open already.\n');
  app.quit();
}

async function run(): Promise<void> {
  endSignal().addEventListener('abort', () => app.quit());
  const core = openCore('desktop', {
    openStore: ({ configName, ...rest }) =>
      new ElectronStore<Record<string, unknown>>({ ...rest, name: configName }),
    copyText: (text) => clipboard.writeText(text),
  });
  closeBeforeQuitting(core);
  try {
    const [files, opened] = await Promise.all([RendererFiles.load(rendererFolder), core, app.whenReady()]);
    await lockDownSession(session.defaultSession);
    showApp(opened, files);
  } catch (error) {
    await fail(error instanceof Error ? error.message : String(error));
  }
}

/** Nothing can be shown in the page: shown in the system's own box, in both languages, and on the terminal. */
async function fail(reason: string): Promise<void> {
  process.stderr.write(`Wharfinger cannot start: ${reason}\n`);
  await app.whenReady();
  dialog.showErrorBox('Wharfinger cannot start · 码头管家无法启动', reason);
  app.exit(1);
}

function showApp(core: Core, files: RendererFiles): void {
  let window: BrowserWindow | undefined;
  const store = new WindowStateStore();
  const links = new ExternalLinks();
  const language = () => menuLanguage(core.settings.get().language, app.getLocale());
  const applySettings = () => {
    nativeTheme.themeSource = core.settings.get().theme;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuBar(language(), process.platform)));
  };
  const open = () => {
    const opened = openWindow(store);
    window = opened;
    opened.once('ready-to-show', () => process.stdout.write('Wharfinger is open.\n'));
    opened.once('closed', () => {
      window = undefined;
    });
    opened.webContents.setWindowOpenHandler(({ url }) => {
      // No browser there: nothing opens, as the user sees.
      links.open(url, opened, language()).catch(() => {});
      return { action: 'deny' };
    });
    opened.webContents.on('context-menu', (_, parameters) => {
      const items = contextMenu(language(), parameters);
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window: opened });
    });
  };

  serveAppScheme(session.defaultSession, files);
  serveContractPort({
    router: createRouter(core),
    allowedFrame: () => window?.webContents.mainFrame,
    onCalled: (procedure) => {
      if (procedure === 'app.changeSettings') applySettings();
    },
  });
  serveSaveTarget(() => window);
  applySettings();
  open();

  app.on('second-instance', () => {
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (!window) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Lets the core cancel and record what runs before the process ends. */
function closeBeforeQuitting(core: Promise<Core>): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    void core
      .then((opened) => opened.close())
      .catch(() => {})
      .finally(() => app.exit());
  });
}
