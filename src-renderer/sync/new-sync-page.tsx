import { Button } from '@mantine/core';
import { IconBookmark, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { SavedTransfer } from '../../src-main/common/transfer.ts';
import { useAccounts } from '../accounts/queries.ts';
import { savedQueries } from '../saved/queries.ts';
import { SaveDialog } from '../saved/save-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { FormSkeleton } from '../ui/form-skeleton.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import { type DraftProblems, problemsOf } from './draft-problems.ts';
import { draftOf, searchOf } from './draft-search.ts';
import classes from './pages.module.css';
import { PickedSummary } from './picked-summary.tsx';
import { RepositoryPicker } from './repository-picker.tsx';
import { SyncOptions } from './sync-options.tsx';
import { usePicker } from './use-picker.ts';
import { WayFields } from './way-fields.tsx';

const route = getRouteApi('/transfers/new');

/** What goes from where to where: written down, then compared, then started. */
export function NewSyncPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const accounts = useAccounts();
  const saved = useQuery(savedQueries.list());
  const kept = saved.data?.find(({ id }) => id === search.saved);
  const error = accounts.error ?? saved.error;
  const title = kept ? t('transferPages.editTitle', { name: kept.name }) : t('transferPages.new');
  return (
    <Page>
      <PageHeader
        title={title}
        breadcrumbs={[{ label: t('transferPages.title'), link: { to: '/transfers' } }]}
        meta={t('transferPages.newIntro')}
      />
      {error !== null && (
        <ErrorPanel
          error={error}
          onRetry={() => {
            void accounts.refetch();
            void saved.refetch();
          }}
        />
      )}
      {(accounts.isPending || saved.isPending) && <FormSkeleton fields={4} />}
      {accounts.data?.length === 0 && (
        <EmptyState
          icon={<IconPlugConnected size={24} />}
          title={t('transferPages.noAccountsTitle')}
          action={
            <Button renderRoot={(props) => <Link to="/accounts/new" {...props} />}>
              {t('layout.addRegistry')}
            </Button>
          }
        >
          {t('transferPages.noAccountsHelp')}
        </EmptyState>
      )}
      {accounts.data && accounts.data.length > 0 && saved.data && (
        <Form
          key={kept?.id}
          accounts={accounts.data}
          saved={kept}
          initial={draftOf(search) ?? kept?.definition ?? EMPTY_DRAFT}
        />
      )}
    </Page>
  );
}

interface FormProps {
  accounts: readonly Account[];
  saved: SavedTransfer | undefined;
  initial: Draft;
}

function Form({ accounts, saved, initial }: FormProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [draft, setDraft] = useState(initial);
  // What was complete when it was saved may lack an account by now.
  const [tried, setTried] = useState(saved !== undefined);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const picker = usePicker(draft);
  const problems: DraftProblems = problemsOf(draft, accounts);
  const shown = tried ? problems : {};
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  /** True where all is well; else the first field that is not gets the focus. */
  const check = (): boolean => {
    setTried(true);
    if (Object.keys(problems).length === 0) return true;
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return false;
  };
  const compare = async () => {
    if (!check()) return;
    const search = searchOf(draft, saved?.id);
    // Going back leads to the form as it was left.
    await navigate({ search, replace: true });
    await navigate({ to: '/transfers/plan', search });
  };
  return (
    <form
      ref={form}
      noValidate
      className={classes.sync}
      onSubmit={(event) => {
        event.preventDefault();
        void compare();
      }}
    >
      <WayFields draft={draft} accounts={accounts} problems={shown} onChange={change} />
      <div className={classes.what}>
        <RepositoryPicker
          draft={draft}
          picker={picker}
          problem={
            shown.repositories && (
              <span className={classes.problem} role="alert">
                {t(`transferPages.problems.${shown.repositories}`)}
              </span>
            )
          }
          onChange={change}
        />
        <SyncOptions draft={draft} names={picker.names} problems={shown} onChange={change} />
      </div>
      <div className={classes.formFoot}>
        <PickedSummary picker={picker} />
        <Button
          variant="default"
          leftSection={<IconBookmark size={14} />}
          onClick={() => {
            if (check()) setSaving(true);
          }}
        >
          {t('transferPages.save')}
        </Button>
        <Button type="submit" data-hint={t('transferPages.compareHelp')}>
          {t('transferPages.compare')}
        </Button>
      </div>
      <SaveDialog
        opened={saving}
        definition={draft}
        saved={saved}
        onClose={() => setSaving(false)}
        onSaved={(id) => void navigate({ search: searchOf(draft, id), replace: true })}
      />
    </form>
  );
}
