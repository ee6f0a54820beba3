import { Alert, Stack, TextInput } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../ui/choice.tsx';
import { isLoopback, type Security, splitAddress } from './draft.ts';
import type { FieldsProps } from './fields.ts';

interface ConnectionFieldsProps extends FieldsProps {
  autoFocus: boolean;
}

const SECURITIES: readonly Security[] = ['verified', 'unverified', 'plain'];

/** Where the registry is and how the way to it is protected. */
export function ConnectionFields({ draft, change, error, autoFocus }: ConnectionFieldsProps) {
  const { t } = useTranslation();
  // Chosen by hand: nothing the address says overrides it.
  const [chosen, setChosen] = useState(draft.address !== '');

  /** A pasted `http://` or a name of this machine says how to connect. */
  const tidy = () => {
    const { scheme, host } = splitAddress(draft.address);
    if (scheme !== undefined) {
      const https = draft.security === 'plain' ? 'verified' : draft.security;
      change({ address: host, security: scheme === 'http' ? 'plain' : https });
    } else if (host !== draft.address || (!chosen && isLoopback(host) !== (draft.security === 'plain'))) {
      change({ address: host, ...(!chosen && { security: isLoopback(host) ? 'plain' : 'verified' }) });
    }
  };

  return (
    <Stack gap="sm">
      <TextInput
        label={t('accounts.address')}
        description={t('accounts.addressHelp')}
        withAsterisk
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="registry.example.com"
        value={draft.address}
        error={error('address')}
        onChange={(event) => change({ address: event.currentTarget.value })}
        onBlur={tidy}
      />
      <Choice
        label={t('accounts.security')}
        value={draft.security}
        options={SECURITIES}
        name={(value) => t(`accounts.securityKinds.${value}`)}
        onChange={(security) => {
          setChosen(true);
          change({ security });
        }}
      />
      {draft.security === 'unverified' && (
        <Alert color="orange" icon={<IconShieldOff size={18} />} role="status">
          {t('accounts.unverifiedWarning')}
        </Alert>
      )}
      {draft.security === 'plain' && !isLoopback(splitAddress(draft.address).host) && (
        <Alert color="orange" icon={<IconShieldOff size={18} />} role="status">
          {t('accounts.plainWarning')}
        </Alert>
      )}
    </Stack>
  );
}
