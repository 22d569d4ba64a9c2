import { short } from '../decision/subject.ts';
import { oneLine } from '../one-line.ts';
import type { DeployPlan, Summary } from './plan.ts';

/** Items that a page lists; the plan itself has them all. */
const LISTED = 200;
const DETAIL = 60_000;

const amount = (count: number | null) => (count === null ? 'unknown' : String(count));

/** `1 created, 2 changed, 0 destroyed, 1 of 3 hosts`. */
export function amounts({ creates, changes, destroys, hosts }: Summary): string {
  const machines = hosts === null ? '' : `, ${hosts.changed} of ${hosts.all} hosts`;
  return `${amount(creates)} created, ${amount(changes)} changed, ${amount(destroys)} destroyed${machines}`;
}

/** The plan as the person reads it who decides; drawn from the plan alone, so that it cannot say something else. */
export function planPage(plan: DeployPlan): string {
  const sets = Object.entries(plan.sets).map(([name, value]) => `${name}=${value}`);
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((one) => `- ${oneLine(one)}`), ''];
  const more = plan.items.length > LISTED ? [`and ${plan.items.length - LISTED} more`] : [];
  const detail = typeof plan.detail === 'string' ? plan.detail : JSON.stringify(plan.detail, null, 1);
  const cut = detail.length > DETAIL ? `\n[${detail.length - DETAIL} characters left out; the plan has them]` : '';
  return [
    `# ${plan.action === 'rollback' ? 'Rollback' : 'Deploy'} of ${plan.delivery} to ${plan.environment} with ${plan.tool}`,
    '',
    amounts(plan.summary),
    '',
    ...list('What is deployed', [
      `build ${short(plan.build)}`,
      `${plan.inputs.files} files, ${short(plan.inputs.sha256)}`,
      ...plan.overlay.map((one) => `${one.path} ${short(one.sha256)}`),
      ...sets,
    ]),
    ...list('What will be run', [plan.run.map((one) => JSON.stringify(one)).join(' ')]),
    ...list('What would change', [
      ...plan.items.slice(0, LISTED).map((one) => `${one.action} ${one.address}`),
      ...more,
    ]),
    ...list('What is different here', plan.differs),
    ...list('What the rehearsal cannot see', plan.admits),
    ...(detail === '' || detail === 'null' ? [] : ['## Differences', '', ...fenced(detail.slice(0, DETAIL) + cut)]),
  ].join('\n');
}

/** Quoted, however many backticks the text has. */
function fenced(text: string): string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `    ${line}`)
    .concat('');
}
