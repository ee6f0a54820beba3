import { UNSEEN } from '../../common/unseen.ts';
import type { Block } from './report.ts';
import type { ReportWords } from './report-words.ts';

/** In GitHub's Markdown. */
export function* markdownOf(blocks: Iterable<Block>): Generator<string, void, void> {
  const marks = { title: '# ', heading: '## ', subheading: '### ', text: '' };
  for (const block of blocks) {
    if (block.kind !== 'table') yield `${marks[block.kind]}${plain(block.text)}\n\n`;
    else {
      yield `| ${block.head.map(plain).join(' | ')} |\n|${' --- |'.repeat(block.head.length)}\n`;
      for (const row of block.rows) yield `| ${row.map(plain).join(' | ')} |\n`;
      yield '\n';
    }
  }
}

/** Nothing of an image becomes markup, or a line of its own. */
const plain = (text: string): string =>
  printable(text)
    .replaceAll(/[\\`*_{}[\]<>|#~!&]/g, '\\$&')
    .replaceAll(/:\/\//g, ':\\//');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  printable(text).replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? '');

const UNSEEN_ALL = new RegExp(UNSEEN, 'gu');
/** What cannot be seen is seen as what it is. */
const printable = (text: string): string =>
  text.replaceAll(UNSEEN_ALL, (found) => `\\u${found.codePointAt(0)?.toString(16).padStart(4, '0')}`);

const STYLE = `:root{color-scheme:light dark}
body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem}
table{border-collapse:collapse;display:block;max-width:100%;overflow-x:auto;margin:0 0 1rem}
th,td{border-bottom:1px solid #8886;padding:.25rem .75rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{white-space:nowrap}
td{min-width:6ch;font-family:ui-monospace,monospace;font-size:12px}`;

/** One page that loads nothing and runs nothing. */
export function* htmlOf(
  blocks: Iterable<Block>,
  { language, title }: ReportWords,
): Generator<string, void, void> {
  yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style></head><body>
`;
  const tags = { title: 'h1', heading: 'h2', subheading: 'h3', text: 'p' };
  for (const block of blocks) {
    if (block.kind !== 'table') yield `<${tags[block.kind]}>${escaped(block.text)}</${tags[block.kind]}>\n`;
    else {
      yield `<table><thead><tr>${block.head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead><tbody>\n`;
      for (const row of block.rows)
        yield `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>\n`;
      yield '</tbody></table>\n';
    }
  }
  yield '</body></html>\n';
}
