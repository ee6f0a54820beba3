/** Lines of comma-separated values for spreadsheets and scripts, names of columns first; what is not known is empty. @see RFC 4180 */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [C in Column]?: string | number | boolean | undefined }[],
): string {
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => `${cells.map(cellText).join(',')}\r\n`)
    .join('');
}

/** What a spreadsheet would take for a formula is marked as text: words come from registries. */
function cellText(value: string | number | boolean | undefined): string {
  const text = typeof value === 'string' ? value.replace(/^[=+\-@\t\r]/, "'$&") : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
