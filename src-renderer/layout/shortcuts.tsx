import { useTranslation } from 'react-i18next';
import { COMMAND_GROUPS } from '../../src-main/common/desktop-shell.ts';
import { keysText } from '../commands/keys.ts';
import { useCommandList } from '../commands/use-commands.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { Dialog } from '../ui/dialog.tsx';
import classes from './shortcuts.module.css';

/** Keys that lists have for themselves. */
const LIST_KEYS = [
  [['ArrowUp', 'ArrowDown'], 'commands.list.move'],
  [['Enter'], 'commands.list.open'],
  [['Space'], 'commands.list.select'],
  [['shift+ArrowUp', 'shift+ArrowDown'], 'commands.list.extend'],
  [['mod+A'], 'commands.list.all'],
  [['Escape'], 'commands.list.none'],
  [['shift+F10'], 'commands.list.menu'],
] as const;

/** All keys there are where one is, by what they are of. */
export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const isMac = useIsMac();
  const commands = useCommandList().flatMap(({ id, group, label, keys: [key] = [], keyThen = key }) =>
    keyThen === undefined ? [] : [{ id, group, label, keys: [keyThen] }],
  );
  const groups = COMMAND_GROUPS.map((group) => ({
    name: t(`commands.groups.${group}`),
    lines: commands.filter((command) => command.group === group),
  }));
  const lists = {
    name: t('commands.groups.lists'),
    lines: LIST_KEYS.map(([keys, words]) => ({
      id: words,
      label: t(words),
      keys: keys as readonly string[],
    })),
  };
  return (
    <Dialog title={t('commands.shortcuts')} opened={opened} onClose={onClose} wide>
      <div className={classes.groups}>
        {[lists, ...groups]
          .filter(({ lines }) => lines.length > 0)
          .map(({ name, lines }) => (
            <section key={name} className={classes.group}>
              <h3>{name}</h3>
              <dl>
                {lines.map(({ id, label, keys }) => (
                  <div key={id} className={classes.line}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.map((each) => (
                        <kbd key={each}>{keysText(each, isMac)}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}
