import type { BrowserContext } from 'playwright-core';
import type { App } from './app.ts';

/** Gives every page of a context the session that `app` has for its tests, as a page that was signed in keeps it over a reload. */
export async function signIn(context: BrowserContext, app: Pick<App, 'origin' | 'session'>): Promise<void> {
  const { origin } = app;
  const secret = await app.session();
  await context.addInitScript(
    (given) => {
      if (window.location.origin === given.origin) sessionStorage.setItem('wharfinger.session', given.secret);
    },
    { origin, secret },
  );
}
