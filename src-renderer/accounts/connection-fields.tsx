import { Alert, Stack, TextInput } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../ui/choice.tsx';
import classes from './accounts.module.css';
import { isLoopback, type Security, splitAddress } from './draft.ts';
import type { FieldsProps } from './fields.ts';
import { HostFields } from './host-fields.tsx';
import type { Guide } from './products.ts';

interface ConnectionFieldsProps extends FieldsProps {
  guide: Guide;
  tried: boolean;
  autoFocus: boolean;
  /** Called when the address is left. */
  onLeave: () => void;
  onSecurity: (security: Security) => void;
  /** The line under the address. */
  children: ReactNode;
}

const SECURITIES: readonly Security[] = ['verified', 'unverified', 'plain'];

/** Where the registry is and how the way to it is protected. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { draft, change, error, guide, tried, autoFocus, onLeave, onSecurity, children } = props;
  const { t } = useTranslation();
  const { parts } = guide;
  const [byParts] = useState(
    () => parts !== undefined && (draft.address === '' || parts.read(draft.address) !== undefined),
  );
  if (guide.host !== undefined && draft.address === guide.host)
    return (
      <div>
        <code className={classes.host}>{guide.host}</code>
        {children}
      </div>
    );
  return (
    <Stack gap="sm">
      <div>
        {byParts && parts ? (
          <HostFields
            parts={parts}
            address={draft.address}
            tried={tried}
            onChange={(address) => change({ address })}
            onLeave={onLeave}
          />
        ) : (
          <TextInput
            name="address"
            label={t('accounts.address')}
            withAsterisk
            data-autofocus={autoFocus || undefined}
            autoFocus={autoFocus}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={guide.example}
            value={draft.address}
            error={error('address')}
            onChange={(event) => change({ address: event.currentTarget.value })}
            onBlur={onLeave}
          />
        )}
        {children}
      </div>
      {!byParts && (
        <Choice
          label={t('accounts.security')}
          value={draft.security}
          options={SECURITIES}
          name={(value) => t(`accounts.securityKinds.${value}`)}
          onChange={onSecurity}
        />
      )}
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
