import { ipcRenderer } from 'electron';

/**
 * Hands the page's end of a message channel to the main process, which checks who asks. It knows no method and exposes nothing
 * to the page: what travels is the contract's business.
 */
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'wharfinger:connect') return;
  const port = event.ports[0];
  if (port) ipcRenderer.postMessage('wharfinger:connect', null, [port]);
});
