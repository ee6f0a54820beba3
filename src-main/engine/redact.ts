import { masked } from './secrets.ts';

/** Longest text of a registry that an error carries: enough for a sentence, too little to fill a screen or a log. */
const REASON_MAX = 500;
/** Characters of which those are made. */
const READ_MAX = 16 * 1024;

/**
 * Method and URL as they may appear in an error or a log: no user, no query (presigned URLs are secrets), no fragment, and nothing
 * that we sign in with, which a redirect or a realm may have in its path.
 */
export function describeRequest(method: string, url: URL): string {
  return masked(`${method} ${url.origin}${url.pathname}`.slice(0, 1000));
}

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // Not the words of a sentence: "Basic authentication is required".
  [/\b([Bb]earer|BEARER|[Bb]asic|BASIC|[Nn]egotiate) (?![a-z]+\b)[A-Za-z0-9._~+/=-]{6,}/g, '$1 ***'],
  // Three base64url parts: a JSON web token.
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, '***'],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^/\s@]+@/gi, '$1***@'],
  [/(https?:\/\/[^\s"'<>?]+)\?[^\s"'<>]*/gi, '$1?***'],
  [
    /(["']?\b(?:access_token|refresh_token|id_token|token|password|passwd|secret|signature|authorization)["']? ?[=:] ?["']?)[^\s"'&,;}]+/gi,
    '$1***',
  ],
];

/**
 * A registry's own words, safe to show and to keep: what any of our clients signs in with and whatever looks like a secret taken
 * out, control characters gone, and short. Twice is as good as once.
 */
export function redact(text: string): string {
  let plain = text
    .slice(0, READ_MAX)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
  plain = masked(plain).slice(0, REASON_MAX * 8);
  for (const [pattern, replacement] of SECRETS) plain = plain.replace(pattern, replacement);
  return plain.length > REASON_MAX ? `${plain.slice(0, REASON_MAX - 1)}…` : plain;
}

/** The words of an HTML page without its markup: its title where it has one. Each character is looked at a bounded number of times. */
export function wordsOfHtml(html: string): string {
  return titleOf(html) ?? withoutMarkup(html);
}

function titleOf(html: string): string | undefined {
  const begin = html.search(/<title\b/i);
  const open = begin < 0 ? -1 : html.indexOf('>', begin);
  if (open < 0) return undefined;
  const close = html.indexOf('<', open);
  const title = html.slice(open + 1, close < 0 ? undefined : close).trim();
  return title === '' ? undefined : title.slice(0, REASON_MAX);
}

function withoutMarkup(html: string): string {
  const lower = html.toLowerCase();
  const words: string[] = [];
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    words.push(html.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    // What is between these two is no text.
    const silent = ['script', 'style'].find((name) => lower.startsWith(name, open + 1));
    const end = silent ? lower.indexOf(`</${silent}`, open) : open;
    const close = end < 0 ? -1 : html.indexOf('>', end);
    if (close < 0) break;
    at = close + 1;
  }
  return words.join(' ').trim();
}
