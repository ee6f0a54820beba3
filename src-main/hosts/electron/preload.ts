import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * Hands the page's end of a message channel to the main process, which checks who asks. It knows no method: what travels is the
 * contract's business. The page gets the path of a file that its user dropped or chose, or chose to save to, and nothing else.
 */
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'wharfinger:connect') return;
  const port = event.ports[0];
  if (port) ipcRenderer.postMessage('wharfinger:connect', null, [port]);
});

/** What Electron gives beside the value stays here. */
function listen(channel: string, take: (value: unknown) => void): void {
  ipcRenderer.on(channel, (_, value: unknown) => take(value));
}

contextBridge.exposeInMainWorld('wharfingerShell', {
  offerCommands: (commands: unknown) => ipcRenderer.send('wharfinger:offer-commands', commands),
  onCommand: (run: (id: unknown) => void) => listen('wharfinger:run-command', run),
  onPlace: (go: (path: unknown) => void) => listen('wharfinger:go', go),
  openWindow: (path: unknown) => ipcRenderer.send('wharfinger:open-window', path),
  showMenu: (at: unknown) => ipcRenderer.send('wharfinger:show-menu', at),
  notify: (notice: unknown) => ipcRenderer.send('wharfinger:notify', notice),
});

contextBridge.exposeInMainWorld('wharfingerFiles', {
  // Of a file that the page made itself the path is empty.
  pathOf: (file: File) => webUtils.getPathForFile(file),
  // Asked of the user by the main process, which checks who asks and for what.
  chooseTarget: (wanted: unknown) => ipcRenderer.invoke('wharfinger:choose-target', wanted),
});
