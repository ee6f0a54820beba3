import { ActionIcon } from '@mantine/core';
import { IconDots, IconLock } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { below, type Point, pointOf } from '../commands/context-menu.tsx';
import { Monogram } from './monogram.tsx';
import type { Monogram as Made } from './monograms.ts';
import classes from './navigation.module.css';
import { registryState } from './registry-state.ts';
import { StatusMark } from './status-mark.tsx';
import { BESIDE, useStop } from './stops.tsx';
import { useRegistryStatus } from './use-registry-status.ts';

interface RegistryItemProps {
  account: Account;
  monogram: Made | undefined;
  collapsed: boolean;
  onMenu: (at: Point) => void;
}

const isWithin = (pathname: string, place: string) => pathname === place || pathname.startsWith(`${place}/`);

/** One registry of the navigation: monogram, name, lock, count or what is wrong, status. */
export function RegistryItem({ account, monogram, collapsed, onMenu }: RegistryItemProps) {
  const { t, i18n } = useTranslation();
  const stop = useStop(account.id);
  const { id, name, host, readOnly } = account;
  const params = { accountId: id };
  const current = useLocation({ select: ({ pathname }) => isWithin(pathname, `/registries/${id}`) });
  const status = useRegistryStatus(account);
  const { mark, sentence, note } = registryState(t, i18n.language, account, status, Date.now());
  const isNamedByHost = name === host;
  const hint = [isNamedByHost ? name : `${name} (${host})`, sentence, readOnly ? t('layout.readOnly') : '']
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <div className={classes.row} data-row data-current={current || undefined}>
      <Link
        {...stop}
        to="/registries/$accountId"
        params={params}
        className={classes.item}
        activeProps={{}}
        aria-current={current ? 'page' : undefined}
        data-hint={hint}
        data-hint-side="right"
        data-state={mark}
        draggable={false}
        aria-label={name}
        aria-description={[note, sentence, readOnly ? t('layout.readOnly') : ''].filter(Boolean).join(', ')}
        onContextMenu={(event) => {
          event.preventDefault();
          onMenu(pointOf(event));
        }}
      >
        {monogram && <Monogram {...monogram} size={collapsed ? 26 : 20} />}
        {!collapsed && (
          <>
            <span className={classes.label}>{name}</span>
            {readOnly && <IconLock size={13} className={classes.lock} aria-hidden />}
            <span className={classes.note}>{note}</span>
          </>
        )}
        <StatusMark mark={mark} />
      </Link>
      {!collapsed && (
        <ActionIcon
          {...BESIDE}
          className={classes.menu ?? ''}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('layout.menu', { name })}
          aria-haspopup="menu"
          onClick={(event) => onMenu(below(event.currentTarget))}
        >
          <IconDots size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
