import type { BrowserContext, Page } from 'playwright-core';

/** What went wrong in a page beside what the test looked at. */
export interface PageGuard {
  /** Told so far, in order, each with where it happened; empty when all is well. */
  readonly problems: readonly string[];
  /** What a test brings about on purpose (ending the app under an open page, say) is no problem. */
  allow(pattern: RegExp): void;
}

/**
 * Watches every page of a context for errors and warnings on the console, uncaught errors and rejections, refused assets, answers
 * of 4xx and 5xx, and any request or socket to another origin than the app's.
 */
export function guardPages(context: BrowserContext, origin: string): PageGuard {
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const tell = (problem: string) => {
    if (!allowed.some((pattern) => pattern.test(problem))) problems.push(problem);
  };

  context.on('page', (page) => watch(page));
  for (const page of context.pages()) watch(page);
  context.on('weberror', (error) => tell(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!isOurs(url, origin)) tell(`request to another origin: ${request.method()} ${url}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) tell(`${response.status()} for ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    // Going elsewhere ends what was still on its way for the page before.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    tell(`failed: ${request.method()} ${request.url()} (${request.failure()?.errorText})`);
  });

  function watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        tell(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on('crash', () => tell('the page crashed'));
    page.on('websocket', (socket) => {
      if (!isOurs(socket.url().replace(/^ws/, 'http'), origin))
        tell(`socket to another origin: ${socket.url()}`);
    });
  }

  return {
    problems,
    allow: (pattern) => void allowed.push(pattern),
  };
}

/** Data and blob addresses bring nothing from elsewhere. */
function isOurs(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || url === origin || url.startsWith('data:') || url.startsWith('blob:');
}
