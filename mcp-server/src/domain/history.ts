import type { Cycle } from './change/cycles.ts';
import { cycleLog } from './change/log.ts';
import type { ChangePlan } from './change/plan.ts';
import { short } from './decision/subject.ts';
import { deploySentence } from './deploy/sentence.ts';
import type { Recorded } from './ledger/event.ts';
import type { Ledger } from './ledger/ledger.ts';
import { oneLine } from './one-line.ts';
import { lookSentence } from './operate/observed.ts';

/**
 * history.md: the ledger as people read it, in the graph's order, then each cycle of change. Drawn, never edited (design.md
 * section 2).
 *
 * @param planOf the plan of a cycle, from the evidence
 */
export function renderHistory(
  ledger: Ledger,
  title: string,
  cycles: readonly Cycle[],
  planOf: (cycle: Cycle) => ChangePlan | undefined,
): string {
  const lines = ['---', 'countersign: history/1', '---', '', `# History of ${oneLine(title)}`, ''];
  lines.push('Drawn from the ledger; edits here count for nothing.', '');
  for (const event of ledger.graph.order) {
    const who = `${oneLine(event.actor.name)} (${event.actor.kind}, ${oneLine(event.actor.via)})`;
    lines.push(`- ${event.at} \`${short(event.id)}\` ${who}: ${sentence(event)}`);
  }
  for (const cycle of cycles) lines.push('', ...cycleLog(cycle, planOf(cycle)));
  return `${lines.join('\n').trimEnd()}\n`;
}

/** One event as one sentence. Text that people or agents wrote is quoted and kept to one line. */
export function sentence(event: Recorded): string {
  switch (event.type) {
    case 'created':
      return `started the delivery ${quote(event.body.title)} on track ${event.body.track}`;
    case 'submitted': {
      const { about, round } = event.body.subject;
      return `submitted ${about} for approval, round ${round}, digest ${short(event.body.digest)}`;
    }
    case 'decided': {
      const { decision, approver, comment, subject } = event.body.statement;
      const verb = { approve: 'approved', reject: 'rejected', revoke: 'revoked' }[decision];
      const said = comment === '' ? '' : `: ${quote(comment)}`;
      return `${oneLine(approver.name)} ${verb} ${short(subject)} (level ${event.body.level})${said}`;
    }
    case 'declared': {
      const { declaration, level } = event.body;
      const what =
        declaration.act === 'withhold'
          ? `withheld evidence ${short(declaration.evidence)}`
          : `broke the glass (break-glass:${declaration.number}) until ${declaration.until}`;
      return `${oneLine(declaration.by.name)} ${what} (level ${level}): ${quote(declaration.reason)}`;
    }
    case 'probed': {
      const { present, absent, denied, notProbed, snapshot } = event.body;
      const counts = `${present} present, ${absent} absent, ${denied} denied, ${notProbed} not probed`;
      return `probed the platform: ${counts} (snapshot ${short(snapshot)})`;
    }
    case 'stated':
      return `${oneLine(event.body.by)} stated for ${event.body.need} (${event.body.status}): ${quote(event.body.fact)}`;
    case 'started':
      return `started ${event.body.task} (${event.body.component})`;
    case 'checked':
      return `ran ${event.body.check}: ${event.body.result} (evidence ${short(event.body.evidence)})`;
    case 'built':
      return `recorded who wrote the ${event.body.files} files of ${event.body.component} (evidence ${short(event.body.evidence)})`;
    case 'scanned': {
      const { errors, warnings, notRun, evidence } = event.body;
      const without = notRun.length === 0 ? '' : `, without ${notRun.map(oneLine).join(', ')}`;
      return `scanned the files: ${errors} errors, ${warnings} warnings${without} (evidence ${short(evidence)})`;
    }
    case 'change-opened':
      return event.body.rebases === undefined
        ? `opened change ${event.body.n}: ${quote(event.body.title)}${because(event.body.because)}`
        : `moved change ${event.body.n} to the approved text as it is now`;
    case 'change-planned': {
      const { n, tasks, checks, plan } = event.body;
      return `planned change ${n}: ${tasks.length} tasks, ${checks.length} checks (plan ${short(plan)})`;
    }
    case 'change-closed':
      return `closed change ${event.body.n}: ${event.body.status}`;
    case 'deviated': {
      const { id, designed, delivered, reason } = event.body;
      return `recorded ${id}: designed ${quote(designed)}, delivered ${quote(delivered)}, because ${quote(reason)}`;
    }
    case 'commented':
      return `commented on ${event.body.anchor} of ${event.body.about}: ${quote(event.body.text)}`;
    case 'deploy-started':
    case 'deploy-finished':
      return deploySentence(event);
    case 'observed':
      return lookSentence(event);
    case 'replied':
      return `answered comment ${short(event.body.comment)}: ${quote(event.body.text)}`;
  }
}

const because = (event: string | undefined) => (event === undefined ? '' : `, because of ${short(event)}`);

const quote = (text: string) => `"${oneLine(text)}"`;
