import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountOf } from '../../src-main/common/place.ts';
import type { SyncPlan } from '../../src-main/common/transfer.ts';
import { DeleteDialog } from '../deletion/delete-dialog.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Card } from '../ui/card.tsx';
import { namesText } from '../ui/names.ts';
import classes from './pages.module.css';

/** Tags named in one line. */
const NAMED = 8;
/** Tags that one deletion takes; the rest are found by the next comparison. */
const AT_ONCE = 10_000;

export interface OnlyAtTargetProps {
  target: SyncPlan['subject']['target'];
  repositories: SyncPlan['summary']['onlyAtTarget'];
  /** Why none may be deleted yet. */
  locked: string | undefined;
}

/** Tags that only the target has, each repository's to be deleted by a plan of its own. */
export function OnlyAtTarget({ target, repositories, locked }: OnlyAtTargetProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<string>();
  const accountId = accountOf(target);
  const chosen = repositories.find(({ repository }) => repository === opened);
  const count = repositories.reduce((sum, { tags }) => sum + tags.length, 0);
  return (
    <Card testId="only-at-target" title={t('transferPages.onlyAtTarget', { count })}>
      <p className={classes.quiet}>{locked ?? t('transferPages.onlyAtTargetHelp')}</p>
      <ul className={classes.only}>
        {repositories.map(({ repository, tags }) => (
          <li key={repository}>
            <span className={classes.mono}>
              {repository}: {namesText(t, tags, NAMED)}
            </span>
            <ActionButton
              size="compact-xs"
              variant="light"
              color="red"
              leftSection={<IconTrash size={12} />}
              reason={locked}
              onClick={() => setOpened(repository)}
            >
              {t('transferPages.deleteTags', { count: tags.length })}
            </ActionButton>
          </li>
        ))}
      </ul>
      {chosen && accountId !== undefined && (
        <DeleteDialog
          place={{ accountId, repository: chosen.repository }}
          host={target.host}
          references={chosen.tags.slice(0, AT_ONCE)}
          kept={chosen.kept}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Card>
  );
}
