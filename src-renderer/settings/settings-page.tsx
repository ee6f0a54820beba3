import { Button, Group, Select, Switch, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../src-main/common/settings.ts';
import { KeychainNotice } from '../accounts/keychain-notice.tsx';
import { useLocalRegistry, useStartLocalRegistry, useStopLocalRegistry } from '../local-registry/queries.ts';
import { Choice } from '../ui/choice.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { FormSkeleton } from '../ui/form-skeleton.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Section } from '../ui/section.tsx';
import { NumberSetting } from './number-setting.tsx';
import { useAbout, useChangeSettings, useDryRun, useSettings } from './queries.ts';
import { TrashSection } from './trash-section.tsx';

export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useSettings();
  return (
    <Page narrow>
      <PageHeader title={t('settings.title')} />
      {settings.isPending && <FormSkeleton fields={6} />}
      {settings.isError && <ErrorPanel error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <SettingsForm settings={settings.data} />}
    </Page>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { mutate } = useChangeSettings();
  return (
    <>
      <Section title={t('settings.appearance')}>
        <Select
          label={t('settings.language')}
          w={240}
          allowDeselect={false}
          value={settings.language}
          data={[
            { value: 'system', label: t('settings.followSystem') },
            // Each in its own language, so that it is found whatever language is shown.
            { value: 'en', label: 'English' },
            { value: 'zh-CN', label: '简体中文' },
          ]}
          onChange={(language) => language && mutate({ language: language as Settings['language'] })}
        />
        <Choice
          label={t('settings.theme')}
          value={settings.theme}
          options={['system', 'light', 'dark'] satisfies Settings['theme'][]}
          name={(value) => t(`settings.themes.${value}`)}
          onChange={(theme) => mutate({ theme })}
        />
        <Choice
          label={t('settings.density')}
          value={settings.density}
          options={['compact', 'comfortable'] satisfies Settings['density'][]}
          name={(value) => t(`settings.densities.${value}`)}
          onChange={(density) => mutate({ density })}
        />
      </Section>
      <Section title={t('settings.work')}>
        <NumberSetting
          label={t('settings.transferConcurrency')}
          help={t('settings.transferConcurrencyHelp')}
          value={settings.transferConcurrency}
          min={1}
          max={32}
          onChange={(transferConcurrency) => mutate({ transferConcurrency })}
        />
        <NumberSetting
          label={t('settings.requestConcurrency')}
          help={t('settings.requestConcurrencyHelp')}
          value={settings.requestConcurrency}
          min={1}
          max={64}
          onChange={(requestConcurrency) => mutate({ requestConcurrency })}
        />
        <NumberSetting
          label={t('settings.detailsUpTo')}
          help={t('settings.detailsUpToHelp')}
          value={settings.detailsUpTo}
          min={0}
          max={100_000}
          step={100}
          onChange={(detailsUpTo) => mutate({ detailsUpTo })}
        />
      </Section>
      <Section title={t('settings.safety')}>
        <DryRunSwitch />
        <NumberSetting
          label={t('settings.typeNameFrom')}
          help={t('settings.typeNameFromHelp')}
          value={settings.typeNameFrom}
          min={1}
          max={100_000}
          step={10}
          onChange={(typeNameFrom) => mutate({ typeNameFrom })}
        />
        <Switch
          label={t('settings.typeNameInScripts')}
          description={t('settings.typeNameInScriptsHelp')}
          checked={settings.typeNameInScripts}
          onChange={(event) => mutate({ typeNameInScripts: event.currentTarget.checked })}
        />
        <KeychainNotice />
        <TagsInput
          label={t('settings.approvedHosts')}
          description={t('settings.approvedHostsHelp')}
          placeholder={settings.approvedHosts.length === 0 ? 'auth.internal.example.com' : ''}
          value={settings.approvedHosts}
          splitChars={[',', ' ', '\n']}
          acceptValueOnBlur
          maxTags={1000}
          onChange={(approvedHosts) => mutate({ approvedHosts })}
        />
      </Section>
      <TrashSection settings={settings} change={mutate} />
      <LocalRegistrySection />
      <AboutSection />
    </>
  );
}

function DryRunSwitch() {
  const { t } = useTranslation();
  const { mutate } = useChangeSettings();
  const { isOn, isForced } = useDryRun();
  return (
    <Switch
      label={t('settings.dryRun')}
      description={t(isForced ? 'settings.dryRunForced' : 'settings.dryRunHelp')}
      checked={isOn}
      disabled={isForced}
      onChange={(event) => mutate({ dryRun: event.currentTarget.checked })}
    />
  );
}

function LocalRegistrySection() {
  const { t } = useTranslation();
  const local = useLocalRegistry();
  const start = useStartLocalRegistry();
  const stop = useStopLocalRegistry();
  return (
    <Section title={t('settings.localRegistry')}>
      {local.isError && <ErrorPanel error={local.error} onRetry={() => void local.refetch()} />}
      {local.data && (
        <div>
          <Text fz="sm" mb="xs">
            {t('settings.localRegistryHelp')}
          </Text>
          <Facts>
            <Fact name={t('settings.state')}>
              {local.data.running
                ? t('settings.runningAt', { url: local.data.url ?? '' })
                : t('settings.notRunning')}
            </Fact>
            <Fact name={t('settings.folder')}>
              <code>{local.data.folder}</code>
              <CopyButton value={local.data.folder} label={t('settings.copyPath')} />
            </Fact>
          </Facts>
          <Group mt="xs">
            {local.data.running ? (
              <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
                {t('settings.stop')}
              </Button>
            ) : (
              <Button
                variant="default"
                loading={start.isPending}
                onClick={() => start.mutate({ samples: false })}
              >
                {t('settings.start')}
              </Button>
            )}
          </Group>
        </div>
      )}
    </Section>
  );
}

function AboutSection() {
  const { t } = useTranslation();
  const about = useAbout();
  return (
    <Section title={t('settings.about')}>
      {about.isError && <ErrorPanel error={about.error} onRetry={() => void about.refetch()} />}
      {about.data && (
        <Facts>
          <Fact name={t('settings.version')}>
            {t('common.appName')} {about.data.version}
          </Fact>
          <Fact name={t('settings.runtime')}>
            {t(`settings.hosts.${about.data.host}`)} · {about.data.runtime}
          </Fact>
          <Fact name={t('settings.dataFolder')}>
            <code>{about.data.home}</code>
            <CopyButton value={about.data.home} label={t('settings.copyPath')} />
          </Fact>
        </Facts>
      )}
    </Section>
  );
}
