/** A name that every file system and every header takes. */
export function fileNameOf(text: string): string {
  const name = text.replaceAll(/[^\w.-]/g, '-').slice(0, 200);
  return /^\w/.test(name) ? name : `_${name.slice(0, 199)}`;
}
