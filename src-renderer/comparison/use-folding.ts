import { useCallback, useMemo, useState } from 'react';

interface FoldedFolder {
  readonly id: string;
  /** All of the tree is in it: it is open at first. */
  readonly alone: boolean;
}

/** How a tree is folded. */
export interface Folding {
  readonly isOpen: (folder: FoldedFolder) => boolean;
  readonly toggle: (folder: { id: string }) => void;
  readonly setAll: (open: boolean) => void;
  /** Folders that were not pressed are. */
  readonly open: boolean;
}

interface Kept {
  /** What it is of. */
  of: string;
  /** What folders are that were not pressed; undefined as it is usual. */
  open: boolean | undefined;
  pressed: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Which folders of a tree are open. It begins anew when something else is looked for.
 *
 * @param of changes when it is another tree, or `usually` is another
 * @param usually open at first
 */
export function useFolding(of: string, usually: boolean): Folding {
  const [kept, setKept] = useState<Kept>({ of, open: undefined, pressed: NONE });
  const { open, pressed } = kept.of === of ? kept : { open: undefined, pressed: NONE };
  const isOpen = useCallback(
    ({ id, alone }: FoldedFolder) => pressed.has(id) !== (open ?? (usually || alone)),
    [pressed, open, usually],
  );
  const toggle = useCallback(
    ({ id }: { id: string }) =>
      setKept((before) => {
        const same = before.of === of ? before : { of, open: undefined, pressed: NONE };
        const next = new Set(same.pressed);
        if (!next.delete(id)) next.add(id);
        return { ...same, pressed: next };
      }),
    [of],
  );
  const setAll = useCallback((all: boolean) => setKept({ of, open: all, pressed: NONE }), [of]);
  return useMemo(
    () => ({ isOpen, toggle, setAll, open: open ?? usually }),
    [isOpen, toggle, setAll, open, usually],
  );
}
