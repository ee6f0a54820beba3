import { join } from 'node:path';
import { app, clipboard, dialog, Menu, nativeTheme, session } from 'electron';
import ElectronStore from 'electron-store';
import { createRouter } from '../../api/index.ts';
import { dataHome } from '../../data/index.ts';
import type { Core } from '../../services/index.ts';
import { endSignal } from '../shared/end-signal.ts';
import { openCore, rendererFolder, version } from '../shared/open-core.ts';
import { RendererFiles } from '../shared/renderer-files.ts';
import { declareAppScheme, SCHEME, serveAppScheme } from './app-scheme.ts';
import { AppWindows } from './app-windows.ts';
import { Closing } from './closing.ts';
import { serveContractPort } from './contract-port.ts';
import { linkAmong, placeOfLink } from './deep-link.ts';
import { ExternalLinks } from './external-links.ts';
import { lockDown, lockDownSession } from './lockdown.ts';
import { contextMenu, menuBar, menuLanguage } from './menu.ts';
import { serveNotices } from './notices.ts';
import { OfferedCommands } from './offered-commands.ts';
import { RunningWork } from './running-work.ts';
import { isUnsandboxed, UNSANDBOXED } from './sandbox.ts';
import { serveSaveTarget } from './save-target.ts';
import { serveTitleBars } from './title-bar.ts';
import { openWindow } from './window.ts';
import { WindowStateStore } from './window-state.ts';

app.setName('Wharfinger');
app.setAboutPanelOptions({ applicationName: 'Wharfinger', applicationVersion: version });
// Chromium's files stay apart from ours, and each home has an instance of its own.
app.setPath('userData', join(dataHome(process.env, process.platform), 'window'));

const ended = endSignal();
ended.addEventListener('abort', () => app.quit());

let windows: AppWindows | undefined;
/** Where a link leads that started the app, or came before there was a window. */
let firstPlace = placeOfLink(linkAmong(process.argv) ?? '');
// A Mac hands links over like this, at the start too.
app.on('open-url', (event, link) => {
  event.preventDefault();
  const place = placeOfLink(link);
  if (windows) windows.show(place);
  else firstPlace = place;
});
// A package says so itself where the system asks it; Windows does not.
if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME);

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
  const core = openCore('desktop', {
    openStore: ({ configName, ...rest }) =>
      new ElectronStore<Record<string, unknown>>({ ...rest, name: configName }),
    copyText: (text) => clipboard.writeText(text),
  });
  closeBeforeQuitting(core);
  try {
    const [files, opened] = await Promise.all([RendererFiles.load(rendererFolder), core, app.whenReady()]);
    await lockDownSession(session.defaultSession);
    windows = showApp(opened, files);
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

/** Opens the first window. */
function showApp(core: Core, files: RendererFiles): AppWindows {
  const store = new WindowStateStore();
  const links = new ExternalLinks();
  const work = new RunningWork();
  const language = () => menuLanguage(core.settings.get().language, app.getLocale());
  const windows = new AppWindows((path) => {
    const opened = openWindow(store, path, windows.current);
    opened.once('ready-to-show', () => process.stdout.write('Wharfinger is open.\n'));
    opened.on('focus', showMenu);
    opened.webContents.setWindowOpenHandler(({ url }) => {
      // No browser there: nothing opens, as the user sees.
      links.open(url, opened, language()).catch(() => {});
      return { action: 'deny' };
    });
    opened.webContents.on('context-menu', (_, parameters) => {
      const items = contextMenu(language(), parameters);
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window: opened });
    });
    opened.setProgressBar(work.share);
    closing.watch(opened);
    return opened;
  });
  const closing = new Closing({
    app,
    ended,
    windows,
    running: () => core.operations.running(),
    language,
    platform: process.platform,
  });
  const commands = new OfferedCommands(windows, showMenu);
  function showMenu(): void {
    const bar = menuBar(language(), process.platform, {
      commands: commands.current,
      onCommand: (id) => commands.run(id),
      onNewWindow: () => windows.open(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(bar));
  }
  const applySettings = () => {
    nativeTheme.themeSource = core.settings.get().theme;
    showMenu();
  };

  serveAppScheme(session.defaultSession, files);
  serveContractPort({
    router: createRouter(core),
    owns: (frame) => windows.owns(frame),
    onCalled: (procedure) => {
      if (procedure === 'app.changeSettings') applySettings();
    },
  });
  serveSaveTarget(windows);
  serveNotices(windows);
  serveTitleBars(windows, process.platform);
  applySettings();
  windows.open(firstPlace);
  void followWork(core, work, windows);

  app.on('second-instance', (_, words) => windows.show(placeOfLink(linkAmong(words) ?? '')));
  app.on('activate', () => {
    if (!windows.current) windows.open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return windows;
}

/** Shows in the system's task bar how far the work is. */
async function followWork(core: Core, work: RunningWork, windows: AppWindows): Promise<void> {
  for await (const operation of core.operations.watch()) {
    work.take(operation);
    for (const window of windows.all) window.setProgressBar(work.share);
  }
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
