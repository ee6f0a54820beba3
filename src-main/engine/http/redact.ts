/** Longest text of a registry that an error carries: enough for a sentence, too little to fill a screen or a log. */
const REASON_MAX = 500;

/** Method and URL as they may stand in an error or a log: no user, no query (presigned URLs are secrets), no fragment. */
export function describeRequest(method: string, url: URL): string {
  return `${method} ${url.origin}${url.pathname}`.slice(0, 1000);
}

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic|negotiate)\s+[A-Za-z0-9._~+/=-]{6,}/gi, '$1 ***'],
  // Three base64url parts: a JSON web token.
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, '***'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, '$1***@'],
  [/(https?:\/\/[^\s"'<>?]+)\?[^\s"'<>]*/gi, '$1?***'],
  [
    /(["']?\b(?:access_token|refresh_token|id_token|token|password|passwd|secret|signature|authorization)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
    '$1***',
  ],
];

/**
 * A registry's own words, safe to show: known secrets and whatever looks like one taken out, control characters and markup
 * gone, and short.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let plain = text.slice(0, REASON_MAX * 8);
  for (const secret of secrets) if (secret.length >= 3) plain = plain.replaceAll(secret, '***');
  for (const [pattern, replacement] of SECRETS) plain = plain.replace(pattern, replacement);
  plain = plain
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return plain.length > REASON_MAX ? `${plain.slice(0, REASON_MAX - 1)}…` : plain;
}

/** The words of an HTML page without its markup: its title where it has one. */
export function wordsOfHtml(html: string): string {
  const title = /<title[^>]*>([^<]{1,300})/i.exec(html)?.[1]?.trim();
  if (title) return title;
  return html
    .replace(/<(script|style)[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .trim();
}
