import { expect, test } from 'vitest';
import { deleteManifest, listTags } from '../../../src-main/engine/index.ts';
import { makeImage } from '../../support/images.ts';
import { push } from '../../support/push.ts';
import { listRepositories } from '../../support/registry.ts';
import { collect, connect, newRepository, type Subject } from '../setup.ts';

/** The catalog and tags, in pages. */
export function listing({ abilities, registry }: Subject): void {
  test('the catalog comes in pages, each repository once', async () => {
    const image = await makeImage();
    const names = Array.from({ length: 5 }, (_, index) => newRepository(`catalog-${index}`));
    for (const name of names) await push(image, registry().target, name, '1');
    const pages: (readonly string[])[] = [];
    for await (const page of listRepositories(connect(registry()), { pageSize: 2 })) pages.push(page);
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(2);
    const all = pages.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(names));
  });

  test('a page larger than the registry allows still lists everything', async () => {
    const repository = newRepository('large-page');
    await push(await makeImage(), registry().target, repository, '1');
    expect(await collect(listRepositories(connect(registry())))).toContain(repository);
  });

  test('twelve tags are all listed, in pages where the registry has them', async () => {
    const repository = newRepository('tags');
    const image = await makeImage();
    const tags = ['latest', 'v1.0_rc-1', ...Array.from({ length: 10 }, (_, index) => `1.${index}`)];
    for (const tag of tags) await push(image, registry().target, repository, tag);
    const pages: (readonly string[])[] = [];
    for await (const page of listTags(connect(registry()), repository, { pageSize: 5 })) pages.push(page);
    expect(pages.flat().toSorted()).toEqual(tags.toSorted());
    expect(pages.filter((page) => page.length > 0).map((page) => page.length)).toEqual(
      abilities.tagPages ? [5, 5, 2] : [12],
    );
  });

  test('tags of a repository that does not exist are not found', async () => {
    const missing = collect(listTags(connect(registry()), newRepository('missing')));
    await expect(missing).rejects.toMatchObject({ code: 'notFound', status: 404 });
  });

  test('a repository without tags', async () => {
    const repository = newRepository('untagged');
    await push(await makeImage(), registry().target, repository); // by digest alone
    const tags = collect(listTags(connect(registry()), repository));
    if (abilities.untaggedRepository === 'empty') await expect(tags).resolves.toEqual([]);
    else await expect(tags).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a repository that was emptied', async () => {
    const repository = newRepository('emptied');
    const image = await makeImage();
    await push(image, registry().target, repository, '1');
    const client = connect(registry());
    if (!abilities.delete) {
      await expect(deleteManifest(client, repository, image.digest)).rejects.toMatchObject({
        code: 'unsupported',
      });
      expect(await collect(listTags(client, repository))).toEqual(['1']);
      return;
    }
    await deleteManifest(client, repository, image.digest);
    const listed = await collect(listRepositories(client));
    if (abilities.emptiedRepository === 'listed') {
      expect(listed).toContain(repository);
      expect(await collect(listTags(client, repository))).toEqual([]); // sent as "tags": null
    } else {
      expect(listed).not.toContain(repository);
    }
  });
}
