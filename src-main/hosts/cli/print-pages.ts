/** Long results, written page by page as they come: no list is held whole. */

import { print, printJsonPiece } from './output.ts';
import type { Table } from './table.ts';

/** Rows of a table below its header; nothing where there are none. @throws OutputFailure */
export async function printTable<Row>(
  table: Table,
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => readonly string[],
): Promise<void> {
  let isBegun = false;
  for await (const page of pages) {
    if (page.length === 0) continue;
    const rows = page.map(cellsOf);
    table.fit(rows);
    await print([...(isBegun ? [] : [table.header()]), ...rows.map((row) => table.line(row))]);
    isBegun = true;
  }
}

/** An array of JSON with a line for each row. @param indent of the line that it ends on @throws OutputFailure */
export async function printJsonArray<Row>(
  pages: AsyncIterable<readonly Row[]>,
  documentOf: (row: Row) => object,
  indent: string,
): Promise<void> {
  let isBegun = false;
  for await (const page of pages)
    for (const row of page) {
      await printJsonPiece(`${isBegun ? ',' : '['}\n${indent}  ${JSON.stringify(documentOf(row))}`);
      isBegun = true;
    }
  await printJsonPiece(isBegun ? `\n${indent}]` : '[]');
}
