import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountSettings } from '../../src-main/common/account.ts';
import { Choice } from '../ui/choice.tsx';
import type { FieldsProps } from './fields.ts';
import { KeychainNotice } from './keychain-notice.tsx';

interface SignInFieldsProps extends FieldsProps {
  /** The kind whose secret is stored and may go on being used. */
  storedKind: AccountSettings['signIn']['kind'] | undefined;
}

const KINDS: readonly AccountSettings['signIn']['kind'][] = ['anonymous', 'password', 'identityToken'];

export function SignInFields({ draft, change, error, storedKind }: SignInFieldsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Choice
        label={t('accounts.signIn')}
        value={draft.signIn}
        options={KINDS}
        name={(value) => t(`accounts.signInKinds.${value}`)}
        onChange={(signIn) => change({ signIn })}
      />
      {draft.signIn === 'password' && (
        <>
          <TextInput
            label={t('accounts.username')}
            withAsterisk
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={draft.username}
            maxLength={512}
            error={error('username')}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('accounts.password')}
            description={t('accounts.passwordHelp')}
            placeholder={storedKind === 'password' ? t('accounts.kept') : ''}
            autoComplete="new-password"
            value={draft.password}
            error={error('password')}
            // Mantine leaves it out of this one.
            aria-invalid={error('password') !== undefined}
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
        </>
      )}
      {draft.signIn === 'identityToken' && (
        <PasswordInput
          label={t('accounts.identityToken')}
          description={t('accounts.identityTokenHelp')}
          placeholder={storedKind === 'identityToken' ? t('accounts.kept') : ''}
          autoComplete="new-password"
          value={draft.identityToken}
          error={error('identityToken')}
          // Mantine leaves it out of this one.
          aria-invalid={error('identityToken') !== undefined}
          onChange={(event) => change({ identityToken: event.currentTarget.value })}
        />
      )}
      {draft.signIn !== 'anonymous' && <KeychainNotice />}
    </Stack>
  );
}
