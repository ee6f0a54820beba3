import type { Page } from 'playwright-core';

/** Pixels that a column may have beyond what is in it: less is what its next value may need. */
const SPARE = 80;

/**
 * What in a table is cut off though another column has room that nothing in view needs, one line for each column. A bar fills
 * whatever there is: its column has nothing to spare.
 */
export async function cutTexts(page: Page): Promise<string[]> {
  return await page.evaluate((spareEnough) => {
    /** Pixels that the content of a cell takes, chips with their edges, where nothing is cut; undefined for what is drawn and has no words. */
    const needOf = (cell: Element): number | undefined => {
      let [from, to] = [Number.POSITIVE_INFINITY, 0];
      // Out of the middle of names: what comes after them has moved up.
      let cutOut = 0;
      const take = ({ left, right, width }: DOMRect) => {
        if (width <= 1) return;
        from = Math.min(from, left);
        to = Math.max(to, right);
      };
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        const range = document.createRange();
        range.selectNode(node);
        // Words for screen readers alone take no room.
        if (node.parentElement?.clientWidth === 1 || node.parentElement?.closest('[data-apart]')) continue;
        const shortened = node.parentElement?.closest('[data-head]');
        if (shortened) cutOut += Math.max(0, range.getBoundingClientRect().width - shortened.clientWidth);
        take((shortened ?? range).getBoundingClientRect());
      }
      // A head's button is larger than what it shows, and lies over the gap.
      const drawn = cell.role === 'columnheader' ? 'svg' : 'svg, button, [data-tone]';
      for (const element of cell.querySelectorAll(drawn))
        if (!element.closest('[data-apart]')) take(element.getBoundingClientRect());
      if (to > 0) return to - from + cutOut;
      return cell.querySelector('*') === null ? 0 : undefined;
    };
    const found: string[] = [];
    for (const table of document.querySelectorAll('[role="grid"], [role="treegrid"]')) {
      const rows = [...table.querySelectorAll('[role="row"]')].map((row) => [...row.children]);
      const [heads = []] = rows;
      const columns = heads.map((head, at) => {
        const cells = rows.flatMap((row) => (row.length === heads.length ? (row[at] ?? []) : []));
        const needs = cells.map(needOf);
        const cut = cells.find((cell, row) => (needs[row] ?? 0) > cell.clientWidth + 1);
        const isDrawn = needs.includes(undefined);
        const most = Math.max(0, ...needs.map((need) => need ?? 0));
        return { name: head.textContent, cut, spare: isDrawn ? 0 : head.clientWidth - most };
      });
      const roomy = columns.find(({ spare }) => spare >= spareEnough);
      if (!roomy) continue;
      for (const { name, cut } of columns)
        if (cut)
          found.push(
            `${table.getAttribute('aria-label')}: "${cut.textContent}" is cut in ${name}, while ${roomy.name} has ${Math.round(roomy.spare)} px to spare`,
          );
    }
    return found;
  }, SPARE);
}

/** That nothing has the focus: the next key would be lost, and Tab begin at the window's first button. */
export async function lostFocus(page: Page): Promise<string[]> {
  const isLost = await page.evaluate(
    () => document.activeElement === null || document.activeElement === document.body,
  );
  return isLost ? ['nothing has the focus'] : [];
}

/** Buttons at the foot of a dialog that are outside the window or under something, one line for each. */
export async function buttonsOutOfReach(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('[role="dialog"] [data-foot] button')].flatMap((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      const isSeen = top >= 0 && top + height <= window.innerHeight && seen !== null && button.contains(seen);
      return isSeen ? [] : [`"${button.textContent}" is out of reach`];
    }),
  );
}

/**
 * Controls that no scrolling brings into the window, or that lie under something then, one line for each. What cannot be used is
 * left out.
 */
export async function controlsOutOfReach(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea',
    )) {
      // What leads past the navigation is shown only while it has the focus.
      if (control.closest('main, nav, footer, [role="dialog"]') === null) continue;
      if (control.matches(':disabled') || control.closest('[inert], [aria-hidden="true"]')) continue;
      // A checkbox is drawn by what is around it.
      const drawn = control.matches('[type="checkbox"], [type="radio"]') ? control.parentElement : control;
      if (!drawn?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      drawn.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { left, top, width, height } = drawn.getBoundingClientRect();
      if (width <= 1 || height <= 1) continue;
      const [x, y] = [left + width / 2, top + height / 2];
      const seen = document.elementFromPoint(x, y);
      const label = control.closest('label');
      const isReached = seen !== null && (drawn.contains(seen) || label?.contains(seen));
      if (!isReached)
        found.push(
          `"${control.ariaLabel ?? control.textContent}" at ${Math.round(x)}, ${Math.round(y)} is not reached`,
        );
    }
    return found;
  });
}
