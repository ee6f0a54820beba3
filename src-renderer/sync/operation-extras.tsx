import { Button } from '@mantine/core';
import { IconBookmark, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { syncSubject } from '../../src-main/common/transfer.ts';
import { LeftOutNote } from '../copy/left-out-note.tsx';
import { savedQueries } from '../saved/queries.ts';
import { SaveDialog } from '../saved/save-dialog.tsx';
import { parseSearch } from '../search-params.ts';
import { definitionSearch, draftOf } from './draft-search.ts';
import { OnlyAtTarget } from './only-at-target.tsx';
import { syncQueries } from './queries.ts';

/** What the definition it came from can still be used for. */
export function SyncActions({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const router = useRouter();
  const [saving, setSaving] = useState(false);
  const { data: origin } = useQuery(syncQueries.origin(operation.id));
  const { data: saved } = useQuery(savedQueries.list());
  const planning = origin?.planning;
  const definition = useMemo(
    () => planning && draftOf(definitionSearch.parse(parseSearch(planning.slice(planning.indexOf('?'))))),
    [planning],
  );
  const savedId = syncSubject.safeParse(operation.subject).data?.savedId;
  const kept = saved?.find(({ id }) => id === savedId);
  if (planning === undefined) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={14} />}
        onClick={() => router.history.push(planning)}
      >
        {t('transferPages.compareAgain')}
      </Button>
      {!kept && definition && (
        <>
          <Button variant="default" leftSection={<IconBookmark size={14} />} onClick={() => setSaving(true)}>
            {t('transferPages.save')}
          </Button>
          <SaveDialog
            opened={saving}
            definition={definition}
            saved={undefined}
            onClose={() => setSaving(false)}
          />
        </>
      )}
    </>
  );
}

/** Tags that only the target has, to be deleted when it is done, and layers that stayed away. */
export function SyncExtras({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { data: origin } = useQuery(syncQueries.origin(operation.id));
  const subject = syncSubject.safeParse(operation.subject).data;
  return (
    <>
      {origin && subject && origin.onlyAtTarget.length > 0 && (
        <OnlyAtTarget
          target={subject.target}
          repositories={origin.onlyAtTarget}
          locked={operation.status === 'done' ? undefined : t('transferPages.pruneAfter')}
        />
      )}
      <LeftOutNote operation={operation} />
    </>
  );
}
