import { Anchor, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountSettings } from '../../src-main/common/account.ts';
import { CommandLine } from '../ui/command-line.tsx';
import classes from './accounts.module.css';
import { settingsOf } from './draft.ts';
import type { FieldsProps } from './fields.ts';
import { KeychainNotice } from './keychain-notice.tsx';
import { choose, fits, type Guide, type Way, waysFor } from './products.ts';

interface SignInFieldsProps extends FieldsProps {
  guide: Guide;
  /** The kind whose secret is stored and may go on being used. */
  storedKind: AccountSettings['signIn']['kind'] | undefined;
}

/** The ways of a product to sign in, with what each needs and where its secret is made. */
export function SignInFields({ draft, change, error, guide, storedKind }: SignInFieldsProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Way['id']>();
  const ways = waysFor(guide, draft);
  const fitting = ways.filter((way) => fits(way, draft));
  // Several may fit: a robot and a person both have a name and a secret.
  const way = fitting.find(({ id }) => id === chosen) ?? fitting[0];
  if (way === undefined) return null;
  const name = way.kind === 'identityToken' ? 'identityToken' : 'password';
  return (
    <Stack gap="sm">
      <SegmentedControl
        className={classes.ways ?? ''}
        aria-label={t('accounts.signIn')}
        value={way.id}
        data={ways.map(({ id }) => ({ value: id, label: t(`accounts.ways.${id}`) }))}
        onChange={(id) => {
          const next = ways.find((each) => each.id === id);
          if (next === undefined) return;
          setChosen(next.id);
          change(choose(next, guide, draft));
        }}
      />
      {way.kind !== 'anonymous' && (
        <>
          <div className={classes.wayHelp}>
            <Text fz="sm" c="dimmed">
              {t(`accounts.wayHelp.${way.id}`)}
            </Text>
            <SecretPage way={way} origin={settingsOf(draft).url} />
          </div>
          {way.command && (
            <CommandLine value={way.command(draft.address)} label={t('accounts.copyCommand')} />
          )}
          {way.kind === 'password' && (
            <TextInput
              name="username"
              label={t(way.user ? `accounts.users.${way.user}` : 'accounts.username')}
              withAsterisk
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={way.example ?? ''}
              value={draft.username}
              readOnly={way.username !== undefined}
              maxLength={512}
              error={error('username')}
              onChange={(event) => change({ username: event.currentTarget.value })}
            />
          )}
          <PasswordInput
            name={name}
            label={t(`accounts.secrets.${way.secret}`)}
            placeholder={storedKind === way.kind ? t('accounts.kept') : ''}
            autoComplete="new-password"
            value={draft[name]}
            error={error(name)}
            // Mantine leaves it out of this one.
            aria-invalid={error(name) !== undefined}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
          />
          <KeychainNotice />
        </>
      )}
    </Stack>
  );
}

interface SecretPageProps {
  way: Exclude<Way, { kind: 'anonymous' }>;
  origin: string;
}

/** To where the secret of a way is made, or explained; it opens outside of the app. */
function SecretPage({ way: { page, docs }, origin }: SecretPageProps) {
  const { t } = useTranslation();
  const made = typeof page === 'function' ? (URL.canParse(origin) ? page(origin) : undefined) : page;
  const url = made ?? docs;
  if (url === undefined) return null;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" fz="sm" className={classes.secretPage ?? ''}>
      {t(made ? 'accounts.secretPage' : 'accounts.secretDocs', { host: new URL(url).host })}
      <IconExternalLink size={13} aria-hidden />
    </Anchor>
  );
}
