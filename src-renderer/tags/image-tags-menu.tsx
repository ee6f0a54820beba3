import { Menu } from '@mantine/core';
import { IconList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RowMenu } from '../ui/row-menu.tsx';
import type { OpenMenu } from './tag-menu.tsx';
import classes from './tags.module.css';

/** Tags that a menu lists; of more there is the flat list. */
const LISTED = 40;

interface ImageTagsMenuProps {
  menu: OpenMenu | undefined;
  selected: ReadonlySet<string>;
  onToggle: (name: string) => void;
  /** All of them as rows of their own. */
  onList: (digest: string) => void;
  onClose: () => void;
}

/** All tags of an image, each to be selected alone. */
export function ImageTagsMenu({ menu, selected, onToggle, onList, onClose }: ImageTagsMenuProps) {
  const { t } = useTranslation();
  if (!menu) return null;
  const { image, details } = menu.row;
  return (
    <RowMenu at={menu.at} label={t('tags.ofImage')} onClose={onClose}>
      <div className={classes.listed}>
        {image.slice(0, LISTED).map(({ name }) => (
          <Menu.CheckboxItem
            key={name}
            closeMenuOnClick={false}
            checked={selected.has(name)}
            onChange={() => onToggle(name)}
          >
            <span className={classes.listedName}>{name}</span>
          </Menu.CheckboxItem>
        ))}
      </div>
      {details && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<IconList size={14} />} onClick={() => onList(details.digest)}>
            {t('tags.listAll', { count: image.length })}
          </Menu.Item>
        </>
      )}
    </RowMenu>
  );
}
