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
    // Connections between browsers obey no policy of a page and no filter of requests: the only way left for them is a proxy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/** A proxy that does not exist, on a port that no plain user can bind: what passes the filter of requests ends here. */
const NOWHERE = 'http://127.0.0.1:9';

/** The session's part of `lockDown`. Resolves when all of it holds. */
export async function lockDownSession(session: Session): Promise<void> {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const isOwn =
      isAppAddress(details.url) || details.url.startsWith('data:') || details.url.startsWith('devtools:');
    answer({ cancel: !isOwn });
  });
  await session.setProxy({ mode: 'fixed_servers', proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' });
}

/** Copying a digest or a pull command to the clipboard, at the user's click. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
