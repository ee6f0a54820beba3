import { SESSION_FRAGMENT } from '../src-main/contract/browser-session.ts';

const KEY = 'wharfinger.session';
const ASK = 'ask';
/** Tabs answer in milliseconds; one that the browser has put to sleep does not answer at all. */
const TABS_ANSWER_WITHIN_MS = 500;

/**
 * The secret of this tab's session with the browser host: from the address a sign-in led to, kept over reloads, or handed over by
 * another tab of the app. It stays in this tab's own storage, which no other origin reads; a port is part of an origin.
 *
 * @returns null in the desktop app, and where no tab has one
 */
export async function findSession(): Promise<string | null> {
  if (window.location.protocol === 'wharfinger:') return null;
  const tabs = new BroadcastChannel(KEY);
  const fresh = takeFromAddress();
  const secret = fresh ?? sessionStorage.getItem(KEY) ?? (await askTabs(tabs));
  if (secret !== null) sessionStorage.setItem(KEY, secret);
  tabs.onmessage = ({ data }) => {
    const kept = sessionStorage.getItem(KEY);
    if (data === ASK && kept !== null) tabs.postMessage({ secret: kept });
  };
  // Tabs that were signed out go on by it.
  if (fresh !== null) tabs.postMessage({ secret: fresh });
  return secret;
}

/**
 * Forgets a secret that the browser host does not know (any more), so that a reload looks for another one.
 *
 * @param onNew called when another tab has one
 * @returns stops waiting for that
 */
export function forgetSession(onNew: () => void): () => void {
  sessionStorage.removeItem(KEY);
  const tabs = new BroadcastChannel(KEY);
  tabs.onmessage = ({ data }) => {
    if (typeof data?.secret === 'string') onNew();
  };
  return () => tabs.close();
}

/** The secret of this tab's session; null in the desktop app. */
export function sessionSecret(): string | null {
  return sessionStorage.getItem(KEY);
}

/** What signs in is taken out of the address, so that it is in no copied link. */
function takeFromAddress(): string | null {
  const { pathname, search, hash } = window.location;
  const given = hash.startsWith(SESSION_FRAGMENT) ? hash.slice(SESSION_FRAGMENT.length) : '';
  // A subprotocol with other characters would be an error of the page.
  const secret = /^[\w-]+$/.test(given) ? given : null;
  if (secret !== null || new URLSearchParams(search).has('token'))
    window.history.replaceState(null, '', pathname);
  return secret;
}

function askTabs(tabs: BroadcastChannel): Promise<string | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), TABS_ANSWER_WITHIN_MS);
    tabs.onmessage = ({ data }) => {
      if (typeof data?.secret !== 'string') return;
      clearTimeout(late);
      resolve(data.secret);
    };
    tabs.postMessage(ASK);
  });
}
