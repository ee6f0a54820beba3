import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import { useRemembered } from '../ui/use-remembered.ts';

/** Rules as they are being written. */
const keptDraft = z.object({ name: z.string(), text: z.string() });
export type KeptDraft = z.infer<typeof keptDraft>;

/** By the id of the rules that they change, or by one of their own where they are new. */
const keptDrafts = z.record(z.string(), keptDraft);
const NONE: z.infer<typeof keptDrafts> = {};

const NEW = 'new';
const isNew = (id: string) => id === NEW || id.startsWith(`${NEW}-`);

export interface KeptDrafts {
  readonly of: Readonly<Record<string, KeptDraft>>;
  /** Those that are not of rules that are saved. */
  readonly fresh: readonly (KeptDraft & { readonly id: string })[];
  /** @returns the id of its own */
  begin(draft: KeptDraft): string;
  /** Nothing drops what was kept. */
  keep(id: string, draft: KeptDraft | undefined): void;
}

/** What was changed of a registry's rules and is not saved: it is there again after a plan, another page and a reload, in this window. */
export function useKeptDrafts(accountId: string): KeptDrafts {
  const [drafts, change] = useRemembered(`cleanup.drafts.${accountId}`, keptDrafts, NONE, 'sessionStorage');
  const keep = useCallback(
    (id: string, draft: KeptDraft | undefined) =>
      change(({ [id]: _, ...others }) => (draft ? { ...others, [id]: draft } : others)),
    [change],
  );
  return useMemo(
    () => ({
      of: drafts,
      fresh: Object.entries(drafts).flatMap(([id, draft]) => (isNew(id) ? [{ ...draft, id }] : [])),
      begin: (draft) => {
        let id = NEW;
        for (let number = 2; id in drafts; number++) id = `${NEW}-${number}`;
        keep(id, draft);
        return id;
      },
      keep,
    }),
    [drafts, keep],
  );
}
