import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { finishedTale, hostileTale, largeTale, Tale } from '../../../../../test/helpers/report-samples.ts';
import { metricsOf } from '../../../domain/report/metrics.ts';
import { summaryOf } from '../../../domain/report/summary.ts';
import { deliveryPage } from './delivery-page.ts';
import { indexPage } from './index-page.ts';

const ALLOWED = new Set(
  'html head meta title style body a header h1 h2 h3 h4 dl div dt dd nav ul ol li main section p code span details summary form label input select option output table caption thead tbody tr th td svg g path rect text time small b br pre ins del script footer'.split(
    ' ',
  ),
);

/** Names of all elements that a page opens, outside style and script. */
const elements = (page: string) =>
  [...page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1>').matchAll(/<([a-z][a-z0-9]*)/gi)].map(
    (match) => match[1]!,
  );

describe('the page of a delivery', () => {
  it.each([
    ['a finished one', finishedTale],
    ['one that has only begun', () => new Tale()],
    ['one whose every text is an attack', hostileTale],
  ])('has only elements that it makes itself: %s', (_, tale) => {
    const page = deliveryPage(tale().report());
    expect(elements(page).filter((name) => !ALLOWED.has(name))).toEqual([]);
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/<[^>]* (?:on[a-z]+|style|src)=/);
  });

  it('lets nothing run, style or load but what is in it: the policy names both by their hash', () => {
    const page = deliveryPage(finishedTale().report());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!.replaceAll('&#39;', "'");
    expect(policy).toMatch(/^default-src 'none'; /);
    for (const name of ['style', 'script']) {
      const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page)![1]!;
      expect(policy).toContain(`${name}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
  });

  it('links only into itself, and everything it links to is there', () => {
    const page = deliveryPage(finishedTale().report());
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const targets = [...page.matchAll(/ href="([^"]+)"/g)].map((match) => match[1]!);
    expect(targets.filter((target) => !target.startsWith('#') || !ids.includes(target.slice(1)))).toEqual([]);
  });

  it('[R-REPORT-7] stays below a megabyte for a hundred requirements and two hundred checks with what they printed', () => {
    expect(Buffer.byteLength(deliveryPage(largeTale(100, 700).report()))).toBeLessThan(1_000_000);
  });
});

describe('the page of all deliveries', () => {
  it('names each with its gates, and what is broken', () => {
    const broken = { delivery: 'gone', problems: [{ code: 'no-first-event' as const, file: '', message: '<b>' }] };
    const summary = summaryOf(finishedTale().report());
    const page = indexPage({
      name: 'net',
      at: '2026-01-05T09:00:00.000Z',
      deliveries: [summary, broken],
      metrics: metricsOf([summary]),
      pageOf: (id) => `${id}.report.html`,
    });
    expect(page).toContain('href="zone-file.report.html"');
    expect(page).toContain('1 integrity fault');
    expect(page).toContain('&lt;b&gt;');
  });
});
