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

contextBridge.exposeInMainWorld('wharfingerFiles', {
  // Of a file that the page made itself the path is empty.
  pathOf: (file: File) => webUtils.getPathForFile(file),
  // Asked of the user by the main process, which checks who asks and for what.
  chooseTarget: (wanted: unknown) => ipcRenderer.invoke('wharfinger:choose-target', wanted),
});
