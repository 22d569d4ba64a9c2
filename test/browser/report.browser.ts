import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsOf } from '../../mcp-server/src/domain/report/metrics.ts';
import { summaryOf } from '../../mcp-server/src/domain/report/summary.ts';
import { brokenPage } from '../../mcp-server/src/entry/render/page/broken-page.ts';
import { deliveryPage } from '../../mcp-server/src/entry/render/page/delivery-page.ts';
import { indexPage } from '../../mcp-server/src/entry/render/page/index-page.ts';
import { finishedTale, hostileTale, largeTale, PAYLOADS } from '../helpers/report-samples.ts';
import { picture, Reader } from './browser.ts';

let reader: Reader;
const addresses: Record<string, string> = {};

beforeAll(async () => {
  reader = await Reader.start();
  const [finished, hostile, large] = [finishedTale(), hostileTale(), largeTale(100, 3000)].map((tale) => tale.report());
  const broken = {
    delivery: 'broken',
    problems: [
      { code: 'wrong-name' as const, file: `${PAYLOADS[0]}.json`, message: `its bytes hash to ${PAYLOADS[1]}` },
    ],
  };
  const summaries = [finished!, hostile!, large!].map(summaryOf);
  const deliveries = [...summaries, broken];
  const pages = {
    finished: deliveryPage(finished!, 'index.html'),
    hostile: deliveryPage(hostile!),
    large: deliveryPage(large!),
    broken: brokenPage(broken),
    index: indexPage({
      name: 'network',
      at: finished!.at,
      deliveries,
      metrics: metricsOf(summaries),
      pageOf: (id) => `${id}.report.html`,
    }),
  };
  for (const [name, html] of Object.entries(pages)) addresses[name] = reader.write(`${name}.html`, html);
});
afterAll(() => reader.stop());

/** What axe-core finds (WCAG 2.2 A and AA, and its best practices); its own code runs outside the page's policy. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults;
  return found.violations.flatMap((one) =>
    one.nodes.slice(0, 3).map((node) => `${one.id} (${one.impact}): ${node.html.slice(0, 160)}`),
  );
}

/** Waits until something holds in a page whose policy lets nobody poll in it. */
const until = (page: Page, expression: string) => expect.poll(() => page.evaluate(expression)).toBe(true);

describe.each(['finished', 'hostile', 'index', 'broken'])('the page of %s', (name) => {
  it.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s', async (colorScheme) => {
    const { page, complaints } = await reader.open(addresses[name]!, { colorScheme });
    await picture(page, `${name}-${colorScheme}`);
    expect(complaints).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('fits a phone: nothing but tables and graphs is wider than 360 pixels, and they scroll in themselves', async () => {
    const { page } = await reader.open(addresses[name]!, {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    await picture(page, `${name}-phone`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    if (name === 'finished') expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

describe('hostile text', () => {
  it('stays text: nothing runs, nothing loads, nothing moves', async () => {
    for (const name of ['hostile', 'index', 'broken']) {
      const { page, complaints } = await reader.open(addresses[name]!);
      expect(await page.title()).not.toMatch(/^(?:owned|1)$/);
      expect(complaints).toEqual([]);
      expect(
        await page.evaluate(
          'document.querySelectorAll("img, iframe, object, embed, link, [onerror], [onload], [autofocus]").length',
        ),
      ).toBe(0);
      expect(await page.evaluate('document.querySelectorAll("script").length')).toBe(1);
      await page.context().close();
    }
  });

  it('reads as it was written', async () => {
    const { page } = await reader.open(addresses['hostile']!);
    const text = (await page.evaluate('document.body.textContent')) as string;
    for (const payload of PAYLOADS.slice(0, 13)) expect(text).toContain(payload);
    for (const steering of ['\u202e', '\u0007', '\u001b']) expect(text).not.toContain(steering);
    await page.context().close();
  });

  it('could do nothing as markup either: the policy refuses what is not by its hash', async () => {
    const html = deliveryPage(finishedTale().report());
    const injected = html.replace(
      '</main>',
      `${PAYLOADS[0]}<img src=x onerror="document.title='owned'"><p style="color:red">x</p></main>`,
    );
    const { page, complaints } = await reader.open(reader.write('injected.html', injected));
    expect(await page.title()).not.toBe('owned');
    const refused = complaints.join('\n');
    for (const what of ['inline script', 'inline event handler', 'inline style', 'the image'])
      expect(refused).toMatch(new RegExp(`${what}[^\\n]*Content Security Policy`, 'i'));
    await page.context().close();
  });
});

describe('with the keyboard', () => {
  it('[R-REPORT-3] a reader skips to the content, walks through every link and control, and always sees where they are', async () => {
    const { page } = await reader.open(addresses['finished']!);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const reached = new Set<string>();
    for (let at = 0; at < 150; at++) {
      await page.keyboard.press('Tab');
      const here = (await page.evaluate(`(() => {
        const at = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        const svg = at.closest('svg') !== null;
        return { name: at.localName, text: at.textContent.trim().slice(0, 40), seen: svg || (outlineStyle !== 'none' && outlineWidth !== '0px') };
      })()`)) as { name: string; text: string; seen: boolean };
      if (here.name === 'body') break;
      expect(here).toMatchObject({ seen: true });
      reached.add(`${here.name} ${here.text}`);
    }
    for (const one of ['summary Evidence', 'input', 'select', 'a CMP-1', 'a REQ-1', 'div'])
      expect(
        [...reached].some((name) => name.startsWith(one)),
        one,
      ).toBe(true);
    await page.context().close();
  });

  it('a closed part opens with Enter and shows what a check printed', async () => {
    const { page } = await reader.open(addresses['finished']!);
    await page.locator('#run-CHK-1 > summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#run-CHK-1 pre').last().isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('deep links', () => {
  it('open at every kind of entry', async () => {
    const { page } = await reader.open(addresses['finished']!);
    for (const id of ['REQ-2', 'AC-2.1', 'CMP-2', 'CHK-3', 'DEC-1', 'DEV-1', 'run-CHK-2', 'stage:build']) {
      await page.goto(`${addresses['finished']}#${id}`);
      await until(page, `document.activeElement.id === ${JSON.stringify(id)}`);
      const place = `document.getElementById(${JSON.stringify(id)}).getBoundingClientRect().top`;
      expect((await page.evaluate(place)) as number).toBeGreaterThanOrEqual(-1);
      expect((await page.evaluate(place)) as number).toBeLessThan(900);
    }
    await page.context().close();
  });

  it('opens what is closed, and takes a filter away that hides the target', async () => {
    const { page } = await reader.open(addresses['large']!);
    await page.locator('form[data-for=matrix] input').fill('building 99');
    await until(page, 'document.getElementById("REQ-1").hidden');
    await page.evaluate('location.hash = "#REQ-1"');
    await until(page, '!document.getElementById("REQ-1").hidden');
    const event = (await page.evaluate('document.querySelector(".day:not([open]) li").id')) as string;
    await page.evaluate(`location.hash = ${JSON.stringify(`#${event}`)}`);
    await until(page, `document.activeElement.id === ${JSON.stringify(event)}`);
    expect(await page.locator(`#${event}`).isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('filters', () => {
  it('show what fits, and say how much that is', async () => {
    const { page } = await reader.open(addresses['large']!);
    const form = page.locator('form[data-for=matrix]');
    await form.locator('input').fill('REQ-42 Building');
    await until(page, 'document.querySelector("form[data-for=matrix] output").textContent !== ""');
    expect(await form.locator('output').textContent()).toBe('1 of 100 shown');
    expect(await page.locator('#matrix > tbody:visible').count()).toBe(1);
    await form.locator('input').fill('');
    await until(page, 'document.querySelector("form[data-for=matrix] output").textContent === ""');
    await page.locator('form[data-for=events] select').selectOption('decision');
    await until(page, 'document.querySelector("form[data-for=events] output").textContent !== ""');
    expect(await page.locator('#events li:visible').count()).toBe(3);
    await page.context().close();
  });

  it('are not there without the script, and everything else is', async () => {
    const { page } = await reader.open(addresses['finished']!, { javaScriptEnabled: false });
    expect(await page.locator('form:visible').count()).toBe(0);
    expect(await page.locator('#matrix tbody:visible').count()).toBe(2);
    await page.locator('#run-CHK-1 > summary').click();
    expect(await page.locator('#run-CHK-1 pre').first().isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('on paper', () => {
  it('everything is open, in black on white, and nothing is cut off', async () => {
    const { page } = await reader.open(addresses['finished']!, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('nav').isVisible()).toBe(false);
    await page.setViewportSize({ width: 794, height: 1123 });
    await picture(page, 'finished-print');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(794);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    await page.context().close();
  });
});

describe('a large delivery', () => {
  it('opens and filters while a reader waits, and fits a phone', async () => {
    const { page, complaints } = await reader.open(addresses['large']!, { viewport: { width: 360, height: 740 } });
    const ms = (await page.evaluate('performance.getEntriesByType("navigation")[0].loadEventEnd')) as number;
    expect(ms).toBeLessThan(10_000);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
