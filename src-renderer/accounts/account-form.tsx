import { Button, Checkbox, Collapse, Group, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight, IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useApi } from '../api.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { toastDone } from '../ui/toast.tsx';
import classes from './accounts.module.css';
import { ConnectionFields } from './connection-fields.tsx';
import { ConnectionTestPanel } from './connection-test.tsx';
import {
  type Draft,
  draftOf,
  EMPTY_DRAFT,
  keepsSecrets,
  problemsOf,
  secretsOf,
  settingsOf,
} from './draft.ts';
import { useAccountChanged } from './queries.ts';
import { RepositoriesField } from './repositories-field.tsx';
import { SignInFields } from './sign-in-fields.tsx';
import { TlsFields } from './tls-fields.tsx';
import { needsNames, useConnectionTest } from './use-connection-test.ts';

/** Adds a registry or, given one, edits it. "Test and save" saves only what works; "Save anyway" is there after a failed test. */
export function AccountForm({ account }: { account?: Account }) {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const router = useRouter();
  const accountChanged = useAccountChanged();
  const [draft, setDraft] = useState<Draft>(() => (account ? draftOf(account) : EMPTY_DRAFT));
  const [tried, setTried] = useState(false);
  const { test, run, stop, forget } = useConnectionTest();
  const problems = problemsOf(account, draft);
  const [advanced, { toggle: toggleAdvanced, open: openAdvanced }] = useDisclosure(
    account !== undefined &&
      (account.tls.authorities !== undefined ||
        account.tls.clientCertificate !== undefined ||
        account.proxy.kind !== 'system' ||
        account.uploadChunk !== undefined),
  );

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    // What was tested is not what is here now, unless only names changed.
    if (!Object.keys(part).every((key) => key === 'repositories' || key === 'name' || key === 'readOnly'))
      forget();
  };
  const error = (field: keyof Draft) => {
    const problem = problems[field];
    return tried && problem ? t(`accounts.${problem}`) : undefined;
  };
  const input = () => ({
    ...(account && { id: account.id }),
    settings: settingsOf(draft),
    secrets: secretsOf(account, draft),
  });

  const save = useMutation({
    mutationFn: async () => {
      const { settings, secrets } = input();
      return account
        ? api.accounts.update({ id: account.id, settings, secrets })
        : api.accounts.add({ settings, secrets });
    },
    onSuccess: async (saved) => {
      await accountChanged();
      toastDone(t('accounts.saved', { name: saved.name }));
      await navigate({ to: '/registries/$accountId', params: { accountId: saved.id } });
    },
  });

  /** False where a field must be put right first; shows which, and puts the focus there. */
  const check = (): boolean => {
    setTried(true);
    const fields = Object.keys(problems);
    if (fields.length === 0) return true;
    if (fields.some((field) => ADVANCED_FIELDS.has(field))) openAdvanced();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
    return false;
  };
  const testOnly = async () => {
    if (check()) await run(input());
  };
  const testAndSave = async () => {
    if (!check()) return;
    const result = await run(input());
    if (result.state !== 'passed') return;
    // First show that repositories must be added by name; the button says "Save" then.
    if (needsNames(result) && draft.repositories.length === 0) return;
    save.mutate();
  };

  const running = test?.state === 'running';
  const mayJustSave = test?.state === 'passed';
  const failed = test?.state === 'failed';

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (running || save.isPending) return;
        if (mayJustSave) save.mutate();
        else void testAndSave();
      }}
    >
      <Stack gap="md">
        <ConnectionFields draft={draft} change={change} error={error} autoFocus={!account} />
        <SignInFields
          draft={draft}
          change={change}
          error={error}
          storedKind={account && keepsSecrets(account, draft) ? account.signIn.kind : undefined}
        />
        <TextInput
          label={t('accounts.name')}
          description={t('accounts.nameHelp')}
          placeholder={draft.address}
          value={draft.name}
          maxLength={100}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Checkbox
          label={t('accounts.readOnly')}
          description={t('accounts.readOnlyHelp')}
          checked={draft.readOnly}
          onChange={(event) => change({ readOnly: event.currentTarget.checked })}
        />
        {!needsNames(test) && (account !== undefined || draft.repositories.length > 0) && (
          <RepositoriesField draft={draft} change={change} error={error} />
        )}
        <div>
          <UnstyledButton
            className={classes.disclosure ?? ''}
            onClick={toggleAdvanced}
            aria-expanded={advanced}
          >
            <IconChevronRight size={16} aria-hidden />
            {t('accounts.advanced')}
          </UnstyledButton>
          <Collapse expanded={advanced}>
            <div className={classes.advanced}>
              <TlsFields
                draft={draft}
                change={change}
                error={error}
                keyStored={account?.tls.clientCertificate !== undefined && keepsSecrets(account, draft)}
              />
            </div>
          </Collapse>
        </div>
      </Stack>

      {test && (
        <ConnectionTestPanel
          test={test}
          addByName={<RepositoriesField draft={draft} change={change} error={error} unlabelled />}
        />
      )}
      {save.isError && (
        <div className={classes.saveError}>
          <ErrorPanel error={save.error} />
        </div>
      )}

      <Group gap="xs" className={classes.actions ?? ''}>
        {/* Not disabled while a test runs: that would throw the focus away. */}
        <Button
          type="submit"
          size="sm"
          loading={save.isPending}
          aria-disabled={running}
          {...(running && { 'data-disabled': true })}
        >
          {t(mayJustSave ? 'accounts.save' : 'accounts.testAndSave')}
        </Button>
        {running ? (
          <Button size="sm" variant="default" onClick={stop}>
            {t('accounts.stopTest')}
          </Button>
        ) : (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            onClick={() => void testOnly()}
          >
            {t(test ? 'accounts.testAgain' : 'accounts.test')}
          </Button>
        )}
        {failed && (
          <Button
            size="sm"
            variant="default"
            loading={save.isPending}
            onClick={() => check() && save.mutate()}
          >
            {t('accounts.saveAnyway')}
          </Button>
        )}
        <Button
          size="sm"
          variant="subtle"
          color="gray"
          onClick={() => (router.history.canGoBack() ? router.history.back() : void navigate({ to: '/' }))}
        >
          {t('common.cancel')}
        </Button>
      </Group>
    </form>
  );
}

/** Fields under the fold that must be opened to show what is wrong. */
const ADVANCED_FIELDS: ReadonlySet<string> = new Set([
  'authorities',
  'clientCertificate',
  'clientKey',
  'clientKeyPassphrase',
  'proxyUrl',
  'uploadChunk',
]);
