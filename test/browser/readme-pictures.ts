import { copyFile } from 'node:fs/promises';
import path from 'node:path';

/** The pictures of both READMEs, in `.readme/`: each of a view in a look. */
const PICTURES = [
  ['repositories.png', 'repositories', 'en-light'],
  ['tags.png', 'tags', 'en-light'],
  ['layers.png', 'image-layers', 'en-light'],
  ['deletion.png', 'delete-consent', 'en-light'],
  ['sync.png', 'transfer-plan', 'en-light'],
  ['storage.png', 'storage', 'en-light'],
  ['welcome-dark.png', 'welcome', 'en-dark'],
  ['chinese-dark.png', 'tags-selected', 'zh-CN-dark'],
  ['repositories-zh.png', 'repositories', 'zh-CN-light'],
  ['tags-zh.png', 'tags', 'zh-CN-light'],
  ['layers-zh.png', 'image-layers', 'zh-CN-light'],
  ['deletion-zh.png', 'delete-consent', 'zh-CN-light'],
  ['sync-zh.png', 'transfer-plan', 'zh-CN-light'],
  ['storage-zh.png', 'storage', 'zh-CN-light'],
  ['work-zh.png', 'work', 'zh-CN-light'],
] as const;

/** Whether a README has a picture of it. */
export const isInReadme = (view: string, look: string): boolean =>
  PICTURES.some(([, name, its]) => name === view && its === look);

/** Puts pictures that were taken where the READMEs have them. @param from the folder of one size */
export async function copyToReadme(from: string): Promise<void> {
  const to = path.resolve(import.meta.dirname, '../../.readme');
  for (const [file, view, look] of PICTURES)
    await copyFile(path.join(from, look, `${view}.png`), path.join(to, file));
}
