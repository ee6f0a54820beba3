/** Hands text, or pieces of one, to the browser as a file to save. */
export function downloadText(name: string, type: string, ...text: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own reference by the next turn.
  setTimeout(() => URL.revokeObjectURL(url));
}
