import { z } from 'zod';

/** What a drag carries for this window, beside a text for all others. */
const TYPE = 'application/x-wharfinger-tags';

const draggedTags = z.object({
  accountId: z.string(),
  /** Of the registry that they are in. */
  host: z.string(),
  repository: z.string(),
  tags: z.array(z.string()).min(1),
});
export type DraggedTags = z.infer<typeof draggedTags>;

/** Lets tags be dragged onto a registry, and as references into whatever takes text. */
export function putTags(
  transfer: Pick<DataTransfer, 'effectAllowed' | 'clearData' | 'setData'>,
  dragged: DraggedTags,
): void {
  const { host, repository, tags } = dragged;
  transfer.effectAllowed = 'copy';
  // The address of a link that is dragged is that of a page of this app.
  transfer.clearData();
  transfer.setData(TYPE, JSON.stringify(dragged));
  transfer.setData('text/plain', tags.map((tag) => `${host}/${repository}:${tag}`).join('\n'));
}

export function hasTags({ types }: Pick<DataTransfer, 'types'>): boolean {
  return types.includes(TYPE);
}

/** The tags that were dropped; undefined where it is something else, or from who knows where. */
export function takeTags(transfer: Pick<DataTransfer, 'getData'>): DraggedTags | undefined {
  try {
    return draggedTags.safeParse(JSON.parse(transfer.getData(TYPE))).data;
  } catch {
    return undefined;
  }
}
