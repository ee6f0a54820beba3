import { Button, Checkbox, Collapse, Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconPlugConnected } from '@tabler/icons-react';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Section } from '../ui/section.tsx';
import classes from './accounts.module.css';
import { AddressStatus } from './address-status.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { ConnectionTestPanel } from './connection-test.tsx';
import { keepsSecrets } from './draft.ts';
import { LikeAccounts } from './like-accounts.tsx';
import { handOver } from './pasted-start.ts';
import { ProductSelect } from './product-select.tsx';
import { guideOf } from './products.ts';
import { RepositoriesField } from './repositories-field.tsx';
import { SignInFields } from './sign-in-fields.tsx';
import { TlsFields } from './tls-fields.tsx';
import { type AccountFormOptions, useAccountForm } from './use-account-form.ts';
import { needsNames } from './use-connection-test.ts';

/** Adds a registry or edits one. "Test and save" saves only what works; "Save anyway" is there after a failed test. */
export function AccountForm(options: AccountFormOptions) {
  const { account } = options;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const { form, ...held } = useAccountForm(options);
  const { draft, change, error, guide, test, save } = held;
  const guides = [guideOf(draft.chosenSystem || account?.system), guide];
  const running = test?.state === 'running';
  const mayJustSave = test?.state === 'passed';
  const names = <RepositoriesField draft={draft} change={change} error={error} unlabelled />;
  const fixes = { onFix: held.onFix, onSecurity: held.onSecurity };

  return (
    <form
      ref={form}
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (running || save.isPending) return;
        if (mayJustSave) held.saveUntested();
        else void held.testAndSave();
      }}
    >
      <Section title={t('accounts.sections.connection')}>
        <ConnectionFields
          draft={draft}
          change={change}
          error={error}
          guide={guide}
          tried={held.tried}
          autoFocus={!account && draft.address === ''}
          onLeave={held.onLeave}
          onSecurity={held.onSecurity}
        >
          <AddressStatus
            probe={held.probe}
            help={(guide.host ?? guide.parts) ? '' : t('accounts.addressHelp')}
            {...fixes}
          />
          <LikeAccounts {...held.like} />
        </ConnectionFields>
      </Section>
      <Section title={t('accounts.signIn')}>
        <SignInFields
          draft={draft}
          change={change}
          error={error}
          guide={guide}
          storedKind={account && keepsSecrets(account, draft) ? account.signIn.kind : undefined}
        />
      </Section>
      {!needsNames(test) && (account !== undefined || guide.byName || draft.repositories.length > 0) && (
        <Section title={t('accounts.sections.repositories')}>{names}</Section>
      )}
      <Section title={t('accounts.sections.app')}>
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
        <div>
          <UnstyledButton
            className={classes.disclosure ?? ''}
            onClick={held.toggleAdvanced}
            aria-expanded={held.advanced}
          >
            <IconChevronRight size={16} aria-hidden />
            {t('accounts.advanced')}
          </UnstyledButton>
          <Collapse expanded={held.advanced} transitionDuration={0} onBlur={held.onLeave}>
            <div className={classes.advanced}>
              <TlsFields
                draft={draft}
                change={change}
                error={error}
                hasDebugPort={guides.some((each) => each.hasDebugPort)}
                hasApiPath={guides.some((each) => each.hasApiPath)}
                keyStored={account?.tls.clientCertificate !== undefined && keepsSecrets(account, draft)}
              />
              <ProductSelect
                value={draft.chosenSystem}
                onChange={(chosenSystem) => change({ chosenSystem })}
              />
            </div>
          </Collapse>
        </div>
      </Section>

      {test && <ConnectionTestPanel test={test} addByName={names} {...fixes} />}

      <div className={classes.actions}>
        {/* Beside the button that was pressed, wherever the form is scrolled to. */}
        {save.isError && (
          <div className={classes.saveError}>
            <ErrorPanel error={save.error} />
          </div>
        )}
        <Group gap="xs">
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
            <Button size="sm" variant="default" onClick={held.stop}>
              {t('accounts.stopTest')}
            </Button>
          ) : (
            <Button
              size="sm"
              variant="default"
              leftSection={<IconPlugConnected size={16} />}
              onClick={() => void held.testOnly()}
            >
              {t(test ? 'accounts.testAgain' : 'accounts.test')}
            </Button>
          )}
          {test?.state === 'failed' && (
            <Button size="sm" variant="default" loading={save.isPending} onClick={held.saveUntested}>
              {t('accounts.saveAnyway')}
            </Button>
          )}
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              handOver(undefined);
              if (router.history.canGoBack()) router.history.back();
              else void navigate({ to: '/' });
            }}
          >
            {t('common.cancel')}
          </Button>
        </Group>
      </div>
    </form>
  );
}
