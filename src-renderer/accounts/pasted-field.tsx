import { Button, TextInput } from '@mantine/core';
import { IconArrowRight, IconClipboardText } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProductMark } from '../ui/product-mark.tsx';
import classes from './accounts.module.css';
import { accountsLike, draftOfPasted, EMPTY_DRAFT } from './draft.ts';
import { LikeAccounts } from './like-accounts.tsx';
import { type Pasted, readPasted, systemOfHost } from './pasted.ts';
import { handOver } from './pasted-start.ts';
import { useAccounts } from './queries.ts';

/** Takes whatever names a registry and goes on to the form with it. A line with a password in it is taken at once and never shown. */
export function PastedField({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accounts = useAccounts();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const pasted = readPasted(text);
  const draft = pasted && { ...EMPTY_DRAFT, ...draftOfPasted(pasted) };
  const like = draft && accountsLike(accounts.data ?? [], draft, undefined);

  const goOn = (from: Pasted | undefined) => {
    setTried(true);
    if (from === undefined) return;
    handOver(from);
    setText('');
    void navigate({ to: '/accounts/new', search: { product: systemOfHost(from.host) ?? 'generic' } });
  };

  return (
    <form
      noValidate
      className={classes.paste}
      onSubmit={(event) => {
        event.preventDefault();
        goOn(pasted);
      }}
    >
      <TextInput
        classNames={{ input: classes.pasteInput ?? '' }}
        aria-label={t('accounts.paste.label')}
        placeholder={t('accounts.paste.placeholder')}
        leftSection={<IconClipboardText size={18} aria-hidden />}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        error={tried && pasted === undefined && t('accounts.paste.unread')}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          // Whole, with its line breaks, which the field would drop.
          const line = readPasted(event.clipboardData.getData('text/plain'));
          if (line?.password === undefined) return;
          event.preventDefault();
          goOn(line);
        }}
      />
      <Button
        type="submit"
        size="sm"
        className={classes.pasteButton ?? ''}
        rightSection={<IconArrowRight size={16} />}
      >
        {t('accounts.paste.goOn')}
      </Button>
      <div className={classes.pasteRead}>
        {text === '' && (
          <span className={classes.quiet}>
            {t('accounts.paste.examples', {
              address: 'registry.example.com:5000',
              image: 'ghcr.io/team/app:1.0',
            })}
          </span>
        )}
        {pasted && <Read pasted={pasted} />}
        {like && <LikeAccounts {...like} />}
      </div>
    </form>
  );
}

/** What of the text was understood. */
function Read({ pasted }: { pasted: Pasted }) {
  const { t } = useTranslation();
  const { host, repository, username, password } = pasted;
  const system = systemOfHost(host);
  return (
    <span className={classes.statusLine} role="status">
      {system && <ProductMark system={system} size={16} />}
      {[
        host,
        repository,
        username !== undefined && t('accounts.paste.user', { user: username }),
        password !== undefined && t('accounts.paste.password'),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}
