import { Button } from '@mantine/core';
import { IconBookmark, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { LeftOutNote } from '../copy/left-out-note.tsx';
import type { SubjectOf } from '../operation-kind.ts';
import { savedQueries } from '../saved/queries.ts';
import { SaveDialog } from '../saved/save-dialog.tsx';
import { searchOf } from './draft-search.ts';
import { OnlyAtTarget } from './only-at-target.tsx';
import { transferQueries } from './queries.ts';

/** What the definition it came from can still be used for. */
export function SyncActions({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const { data: origin } = useQuery(transferQueries.origin(operation.id));
  const { data: saved } = useQuery(savedQueries.list());
  if (!origin) return null;
  const { definition, savedId } = origin;
  const kept = saved?.find(({ id }) => id === savedId);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={14} />}
        renderRoot={(props) => (
          <Link to="/transfers/plan" search={searchOf(definition, savedId)} {...props} />
        )}
      >
        {t('transferPages.compareAgain')}
      </Button>
      {!kept && (
        <Button variant="default" leftSection={<IconBookmark size={14} />} onClick={() => setSaving(true)}>
          {t('transferPages.save')}
        </Button>
      )}
      <SaveDialog
        opened={saving}
        definition={definition}
        saved={undefined}
        onClose={() => setSaving(false)}
      />
    </>
  );
}

/** Tags that only the target has, to be deleted when it is done, and layers that stayed away. */
export function SyncExtras({ operation, subject }: { operation: Operation; subject: SubjectOf<'sync'> }) {
  const { t } = useTranslation();
  const { data: origin } = useQuery(transferQueries.origin(operation.id));
  return (
    <>
      {origin && origin.onlyAtTarget.length > 0 && (
        <OnlyAtTarget
          target={subject.target}
          repositories={origin.onlyAtTarget}
          locked={operation.status === 'done' ? undefined : t('transferPages.pruneAfter')}
        />
      )}
      <LeftOutNote subject={subject} />
    </>
  );
}
