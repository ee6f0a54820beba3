import type { TrashEntry, TrashUsage } from '../../../common/trash.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { operationDocument } from '../operation-text.ts';
import { bytesText, counted, print, printJson } from '../output.ts';
import { Table } from '../table.ts';

/** Rows shown, and asked for at a time. */
const PAGE = 100;

interface EmptyFlags extends ChangeFlags {
  /** Only what is kept whole; manifests stay. */
  readonly content?: boolean;
}

/** `trash`: what is kept so that changes can be taken back. */
export async function showTrash({ core, json }: Context): Promise<void> {
  const usage = core.trash.usage();
  const entries: TrashEntry[] = [];
  for (let page: TrashEntry[]; entries.length % PAGE === 0; entries.push(...page)) {
    page = core.trash.entries({ offset: entries.length, limit: PAGE });
    if (page.length === 0) break;
  }
  if (json) {
    const documents = entries.map(({ operation, ...kept }) => ({ ...operationDocument(operation), ...kept }));
    await printJson({ ...usage, entries: documents });
    return;
  }
  await print(usageText(usage));
  if (entries.length === 0) return;
  const rows = entries.map(({ operation, manifests, bytes, content }) => [
    operation.id.slice(0, 8),
    operation.started.slice(0, 19).replace('T', ' '),
    String(manifests),
    bytesText(bytes),
    content > 0 ? bytesText(content) : '',
    operation.title,
  ]);
  await print(['', ...new Table(['ID', 'STARTED', 'MANIFESTS', 'BYTES', 'CONTENT', 'WHAT']).lines(rows)]);
}

/** `trash empty`: what went can be undone no more, but from what the registries still have. */
export async function emptyTrash({ core, json, signal }: Context, flags: EmptyFlags): Promise<void> {
  const before = core.trash.usage();
  if (flags.plan) {
    if (json) await printJson(before);
    else await print(usageText(before));
    return;
  }
  const question = flags.content ? 'Remove the content that is kept?' : 'Empty the trash?';
  await confirm(question, flags, signal);
  const left = await core.trash.empty(flags.content ? 'content' : 'all', { signal });
  if (json) await printJson(left);
  else await print(usageText(left));
}

function usageText({ operations, manifests, bytes, content }: TrashUsage): string[] {
  return [
    `Trash: ${counted(manifests, 'manifest')} of ${counted(operations, 'operation')}, ${bytesText(bytes)}`,
    `Content kept: ${bytesText(content.bytes)} in ${content.folder}`,
  ];
}
