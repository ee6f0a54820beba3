import { protocol, type Session } from 'electron';
import { pageHeaders } from '../shared/page-headers.ts';
import type { RendererFile, RendererFiles } from '../shared/renderer-files.ts';

export const SCHEME = 'wharfinger';
const HOST = 'app';
/** Where the app's page lives: its one origin. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;

/** Must run before Electron is ready: gives the scheme an origin and the rights of https. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer, and nothing else, at `wharfinger://app/`. */
export function serveAppScheme(session: Session, files: RendererFiles): void {
  const headers = { ...pageHeaders(), 'cache-control': 'no-store' };
  session.protocol.handle(SCHEME, (request) => {
    const address = new URL(request.url);
    if (address.host !== HOST || request.method !== 'GET')
      return new Response(null, { status: 404, headers });
    const file = files.find(address.pathname) ?? pageAt(address, files);
    if (!file) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(file.body), { headers: { ...headers, 'content-type': file.type } });
  });
}

/** Every address that names no file is a place inside the app. */
function pageAt({ pathname }: URL, files: RendererFiles): RendererFile | undefined {
  return /\.\w+$/.test(pathname) ? undefined : files.page;
}

/** Whether an address is the app's page. */
export function isAppAddress(address: string): boolean {
  return address.startsWith(`${APP_ORIGIN}/`);
}
