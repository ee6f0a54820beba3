/** What is typed as a pattern: a plain word is looked for anywhere in a name, and with a slash anywhere in a path. */
export function globOf(text: string): string {
  const wanted = text.trim().replace(/^\/+/, '');
  if (/[*?[{]/.test(wanted)) return wanted;
  return wanted.includes('/') ? `**/*${wanted}{*,*/**}` : `*${wanted}*`;
}
