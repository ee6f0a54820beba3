import { z } from 'zod';

/** What a drag carries; the window's own, so that nothing else takes it for a text. */
const TYPE = 'application/x-wharfinger-tags';

const draggedTags = z.object({
  accountId: z.string(),
  /** Of the registry that they are in. */
  host: z.string(),
  repository: z.string(),
  tags: z.array(z.string()).min(1),
});
export type DraggedTags = z.infer<typeof draggedTags>;

/** Lets tags be dragged onto a registry. */
export function putTags(transfer: DataTransfer, tags: DraggedTags): void {
  transfer.effectAllowed = 'copy';
  transfer.setData(TYPE, JSON.stringify(tags));
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
