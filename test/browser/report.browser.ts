import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  const deliveries = [...[finished!, hostile!, large!].map(summaryOf), broken];
  const pages = {
    finished: deliveryPage(finished!, 'index.html'),
    hostile: deliveryPage(hostile!),
    large: deliveryPage(large!),
    broken: brokenPage(broken),
    index: indexPage({ name: 'network', at: finished!.at, deliveries, pageOf: (id) => `${id}.report.html` }),
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
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});
