import type { Report } from '../../../domain/report/report.ts';
import type { Moment, TimelineEvent } from '../../../domain/report/timeline.ts';
import { filterForm, kindsOf, lengthClass } from './filter.ts';
import { clip, type Html, html } from './html.ts';
import { badge, count, hash, time } from './words.ts';

/** Events of one group; a long record opens its last group only. */
const GROUP = 200;

const SAYS: Record<Moment, string> = {
  decision: 'decisions',
  submission: 'submissions',
  check: 'checks',
  other: 'the rest',
};

/** Every event in the ledger's order, in groups by day. */
export function timelineSection({ timeline, first, heads }: Report): Html {
  const groups = grouped(timeline);
  const kinds = kindsOf(
    timeline,
    (one) => one.moment,
    (kind) => SAYS[kind as Moment],
  );
  return html`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
<p class="facts">${count(timeline.length, 'event')}; the delivery is ${hash(first)}, its record ends with ${heads.map((head) => html`${hash(head)} `)}. Order is that of the record, not of the clocks.</p>
${filterForm({ target: 'events', what: 'events', kinds })}
<div id="events" class="${lengthClass(timeline.length)}">${groups.map((group, at) => groupView(group, timeline.length <= GROUP || at === groups.length - 1))}</div>
</section>`;
}

interface Group {
  day: string;
  events: TimelineEvent[];
}

function grouped(events: readonly TimelineEvent[]): Group[] {
  const groups: Group[] = [];
  for (const event of events) {
    const day = event.at.slice(0, 10);
    const last = groups.at(-1);
    if (last === undefined || last.day !== day || last.events.length >= GROUP) groups.push({ day, events: [event] });
    else last.events.push(event);
  }
  return groups;
}

const groupView = (
  { day, events }: Group,
  open: boolean,
): Html => html`<details class="day"${open && html` open`}><summary>${day}, ${count(events.length, 'event')}</summary>
<ol class="events">${events.map(view)}</ol></details>`;

const view = (
  event: TimelineEvent,
): Html => html`<li class="${event.moment}${event.alarming && ' alarming'}" data-kind="${event.moment}" id="event-${event.id.slice(0, 12)}">
${time(event.at)} <b>${event.by}</b> <small>${event.kind}, ${event.via}</small> ${event.level !== null && badge(event.level)}<br>${clip(event.text, 600)} <code class="hash">${event.id.slice(0, 12)}</code></li>`;
