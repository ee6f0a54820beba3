import type { Page } from 'playwright-core';

/** As with a wheel, then with the scroll bar, then with the keys. */
export async function scrollThrough(page: Page): Promise<void> {
  // Found once: looking for it by its role goes through all elements, in the page's own time.
  const grid = await page.getByRole('grid').or(page.getByRole('treegrid')).elementHandle();
  const box = await grid?.boundingBox();
  if (!grid || !box) throw new Error('no list');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const frame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, 900);
    await frame();
  }
  for (let part = 1; part <= 40; part++) {
    await grid.evaluate((element: Element, share) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) * share;
    }, part / 40);
    await frame();
  }
  await grid.focus();
  for (const key of ['Home', ...Array.from({ length: 20 }, () => 'PageDown'), 'End']) {
    await page.keyboard.press(key);
    await frame();
  }
}
