import { IconLock } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type DragEvent, type KeyboardEvent, type MouseEvent, use } from 'react';
import { hasTags } from '../copy/dragged-tags.ts';
import { formatDay, shortDigest } from '../ui/format.ts';
import { MiddleText } from '../ui/middle-text.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import { RowLink } from '../ui/row-link.tsx';
import { fitChips, isWider } from './fit-chips.ts';
import { SelectedTags } from './selected-tags.ts';
import type { Tag, TagRow } from './tag-rows.ts';
import classes from './tags.module.css';

/** What chips do; the same functions always. */
export interface ChipActions {
  /** Address of a tag's page. */
  hrefOf: (name: string) => string;
  onOpen: (name: string) => void;
  /** Takes one tag into the selection, or out of it. */
  onToggle: (name: string) => void;
  /** Shows all tags of the image. */
  onMore: (row: TagRow, button: HTMLElement) => void;
  /** A tag is being dragged. */
  onDrag: (name: string, event: DragEvent) => void;
  /** A tag was dropped onto this one. */
  onDrop: (name: string, event: DragEvent) => void;
}

interface TagChipsProps {
  row: TagRow;
  width: number;
  /** The row passes by: its first chip is enough, a screen of all of them takes longer than a picture may. */
  isBrief: boolean;
  actions: ChipActions;
  /** What the chip for so many more tags is called. */
  moreLabel: (count: number) => string;
  t: TFunction;
  language: string;
}

/** Chips that no window has room for are not looked at. */
const MOST = 60;

/**
 * The tags of a row, as many as there is room for; those of the same image that the row does not stand for come after them, pale.
 * A click opens a tag; with Ctrl or Cmd, and by the space bar, it is selected alone.
 */
export function TagChips(props: TagChipsProps) {
  const { row, width, isBrief, actions, moreLabel, t, language } = props;
  const { tags, image, id } = row;
  if (tags.length === 0) return <DigestLink digest={id} actions={actions} t={t} />;
  const shown = chipsOf(row);
  const count = fitChips(shown, image.length, width);
  const left = Math.max(image.length, tags.length) - count;
  return (
    <span className={classes.chips}>
      {shown.slice(0, isBrief ? 1 : count).map((tag, index) => (
        <TagChip
          // biome-ignore lint/suspicious/noArrayIndexKey: chips have no state, and those of rows that scroll by are drawn in the same elements
          key={index}
          tag={tag}
          cut={count === 1 && isWider(tag, width)}
          apart={index >= tags.length}
          actions={actions}
          t={t}
          language={language}
        />
      ))}
      {left > 0 && !isBrief && <MoreChip row={row} count={left} label={moreLabel(left)} actions={actions} />}
    </span>
  );
}

/** The row's own first. */
function chipsOf({ tags, image }: TagRow): readonly Tag[] {
  if (tags.length === image.length) return tags.slice(0, MOST);
  const own = new Set(tags.slice(0, MOST));
  const chips = [...own];
  for (const tag of image) {
    if (chips.length >= MOST) break;
    if (!own.has(tag)) chips.push(tag);
  }
  return chips;
}

interface TagChipProps {
  tag: Tag;
  /** There is no room for all of its name. */
  cut: boolean;
  /** On the same image, and not what the row stands for. */
  apart: boolean;
  actions: ChipActions;
  t: TFunction;
  language: string;
}

function TagChip({ tag, cut, apart, actions, t, language }: TagChipProps) {
  const { name, moving, moved, immutable, change } = tag;
  const selected = use(SelectedTags).has(name);
  const hints = [
    ...(change ? [t(`tags.changed.${change}`)] : []),
    ...(moved !== undefined
      ? [t('tags.movedHere', { when: formatDay(new Date(moved), new Date(), language) })]
      : []),
    ...(moving && moved === undefined ? [t('tags.movingHelp')] : []),
    ...(immutable ? [t('tags.immutableHelp')] : []),
    ...(apart ? [t('tags.apartHelp')] : []),
  ];
  const described = [
    ...(selected ? [t('tags.chipSelected')] : []),
    ...(immutable ? [t('tags.immutable')] : []),
  ];
  const onClick = (event: MouseEvent) => {
    // A new tab or window is the browser's.
    if (event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) actions.onToggle(name);
    else actions.onOpen(name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    actions.onToggle(name);
  };
  return (
    <a
      href={actions.hrefOf(name)}
      className={classes.tag}
      data-tag={name}
      data-moving={moving || undefined}
      data-apart={apart || undefined}
      data-selected={selected || undefined}
      data-change={change}
      data-hint={hints.length > 0 ? hints.join(' · ') : undefined}
      aria-description={described.length > 0 ? described.join(', ') : undefined}
      tabIndex={useTabIndex()}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onDragStart={(event) => actions.onDrag(name, event)}
      onDragOver={(event) => {
        if (!hasTags(event.dataTransfer)) return;
        event.preventDefault();
        event.currentTarget.toggleAttribute('data-over', true);
      }}
      onDragLeave={(event) => event.currentTarget.toggleAttribute('data-over', false)}
      onDrop={(event) => {
        event.currentTarget.toggleAttribute('data-over', false);
        actions.onDrop(name, event);
      }}
    >
      {immutable && <IconLock size={11} className={classes.lock} aria-hidden />}
      {cut ? <MiddleText>{name}</MiddleText> : name}
    </a>
  );
}

/** In the place of tags where there are none. */
function DigestLink({ digest, actions, t }: { digest: string } & Pick<TagChipsProps, 'actions' | 't'>) {
  return (
    <span className={classes.chips}>
      <RowLink
        href={actions.hrefOf(digest)}
        className={classes.digestLink}
        onOpen={() => actions.onOpen(digest)}
      >
        {shortDigest(digest)}
      </RowLink>
      <span className={classes.quiet}>{t('tags.noTag')}</span>
    </span>
  );
}

function MoreChip({
  row,
  count,
  label,
  actions,
}: { row: TagRow; count: number; label: string } & Pick<TagChipsProps, 'actions'>) {
  return (
    <button
      type="button"
      className={classes.more}
      aria-label={label}
      aria-haspopup="menu"
      tabIndex={useTabIndex()}
      onClick={(event) => actions.onMore(row, event.currentTarget)}
    >
      +{count}
    </button>
  );
}
