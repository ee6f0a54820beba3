import type { App, Session } from 'electron';
import { isAppAddress } from './app-scheme.ts';

/**
 * Refuses what the app never needs, for every page that may ever exist: other places, further windows, embedded pages,
 * permissions, devices, downloads, requests to the network. The page talks to the main process only.
 */
export function lockDown(app: App): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppAddress(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isAppAddress(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The session's part of `lockDown`. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const isOwn =
      isAppAddress(details.url) || details.url.startsWith('data:') || details.url.startsWith('devtools:');
    answer({ cancel: !isOwn });
  });
}

/** Copying a digest or a pull command to the clipboard, at the user's click. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
