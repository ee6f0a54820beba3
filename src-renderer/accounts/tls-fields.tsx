import { PasswordInput, Stack, TextInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountSettings } from '../../src-main/common/account.ts';
import { Choice } from '../ui/choice.tsx';
import type { FieldsProps } from './fields.ts';
import { PemInput } from './pem-input.tsx';

interface TlsFieldsProps extends FieldsProps {
  /** A private key is stored and may go on being used. */
  keyStored: boolean;
  /** The product has a port where it says how it is. */
  hasDebugPort: boolean;
  /** Whether its product may be below a path of its host. */
  hasApiPath: boolean;
}

const PROXIES: readonly AccountSettings['proxy']['kind'][] = ['system', 'none', 'url'];

/** Certificates, the proxy and the size of uploads: what most registries do without. */
export function TlsFields({ draft, change, error, keyStored, hasDebugPort, hasApiPath }: TlsFieldsProps) {
  const { t } = useTranslation();
  const text = (name: 'proxyUrl' | 'uploadChunk' | 'debugUrl' | 'apiPath') => ({
    name,
    label: t(`accounts.${name}`),
    autoComplete: 'off',
    spellCheck: false,
    value: draft[name],
    error: error(name),
    onChange: (event: ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <Stack gap="md">
      {draft.security !== 'plain' && (
        <>
          <PemInput
            name="authorities"
            label={t('accounts.authorities')}
            description={t('accounts.authoritiesHelp')}
            value={draft.authorities}
            error={error('authorities')}
            onChange={(authorities) => change({ authorities })}
          />
          <PemInput
            name="clientCertificate"
            label={t('accounts.clientCertificate')}
            description={t('accounts.clientCertificateHelp')}
            value={draft.clientCertificate}
            error={error('clientCertificate')}
            onChange={(clientCertificate) => change({ clientCertificate })}
          />
          {draft.clientCertificate.trim() !== '' && (
            <>
              <PemInput
                label={t('accounts.clientKey')}
                {...(keyStored && { placeholder: t('accounts.kept') })}
                value={draft.clientKey}
                error={error('clientKey')}
                onChange={(clientKey) => change({ clientKey })}
              />
              <PasswordInput
                label={t('accounts.clientKeyPassphrase')}
                autoComplete="new-password"
                maxLength={4096}
                value={draft.clientKeyPassphrase}
                onChange={(event) => change({ clientKeyPassphrase: event.currentTarget.value })}
              />
            </>
          )}
        </>
      )}
      <Choice
        label={t('accounts.proxy')}
        description={t('accounts.proxyHelp')}
        value={draft.proxy}
        options={PROXIES}
        name={(value) => t(`accounts.proxyKinds.${value}`)}
        onChange={(proxy) => change({ proxy })}
      />
      {draft.proxy === 'url' && (
        <TextInput {...text('proxyUrl')} placeholder="http://proxy.example.com:3128" />
      )}
      <TextInput
        {...text('uploadChunk')}
        description={t('accounts.uploadChunkHelp')}
        inputMode="decimal"
        maxLength={20}
      />
      {(hasDebugPort || draft.debugUrl !== '') && (
        <TextInput
          {...text('debugUrl')}
          description={t('accounts.debugUrlHelp')}
          placeholder="http://localhost:5001"
        />
      )}
      {(hasApiPath || draft.apiPath !== '') && (
        <TextInput
          {...text('apiPath')}
          description={t('accounts.apiPathHelp')}
          placeholder="/nexus"
          maxLength={255}
        />
      )}
    </Stack>
  );
}
