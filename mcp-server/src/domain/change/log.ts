import { short } from '../decision/subject.ts';
import { oneLine } from '../one-line.ts';
import type { Cycle } from './cycles.ts';
import type { ChangePlan } from './plan.ts';

/** One cycle as a section of history.md: Propose, Changes, Verify, Status. */
export function cycleLog(cycle: Cycle, plan: ChangePlan | undefined): string[] {
  const { n, title, opened, closed, status, approvals } = cycle;
  const name = title === '' ? '' : `: ${oneLine(title)}`;
  const lines = [`## Change ${n}${name}`, '', '### Propose', ''];
  lines.push(`- ${opened.at} ${oneLine(opened.actor.name)} (${opened.actor.kind}) opened it`);
  const base = cycle.base.map((one) => `${one.path} ${short(one.sha256)}`).join(', ');
  lines.push(`- on ${base}`, '', '### Changes', '');
  if (plan === undefined) lines.push('Not planned yet.');
  for (const { change, key, title: what, artifact, pieces, paths } of plan?.changes ?? []) {
    lines.push(
      `- ${change} ${key}${what === '' || what === key ? '' : ` ${oneLine(what)}`} (${artifact})${inFiles(paths)}`,
    );
    for (const { before, after } of pieces) {
      if (before !== null) lines.push(`  - was: ${oneLine(before)}`);
      if (after !== null) lines.push(`  - now: ${oneLine(after)}`);
    }
  }
  for (const { body } of approvals) {
    const { approver, at, comment } = body.statement;
    const said = comment === '' ? '' : `: "${oneLine(comment)}"`;
    lines.push(
      '',
      `Plan ${short(body.statement.subject)} approved by ${oneLine(approver.name)} (${body.level}), ${at}${said}`,
    );
  }
  lines.push('', '### Verify', '', ...verification(cycle, plan), '', '### Status', '');
  const when = closed === undefined ? '' : `, ${closed.at}`;
  const reason = closed === undefined || closed.body.reason === '' ? '' : `: ${oneLine(closed.body.reason)}`;
  return [...lines, `${status}${when}${reason}`, ''];
}

const inFiles = (paths: readonly string[]) =>
  paths.length === 0 ? '' : `: ${paths.map((path) => `\`${oneLine(path)}\``).join(', ')}`;

function verification({ closed }: Cycle, plan: ChangePlan | undefined): string[] {
  const checks = closed?.body.checks ?? [];
  if (checks.length === 0) return ['Nothing was run.'];
  const commands = new Map(plan?.checks.map((one) => [one.id, one.command]));
  return checks.map(({ check, result, evidence }) => {
    const command = oneLine(commands.get(check) ?? '');
    const shown = command === '' ? '' : ` \`${command.replaceAll('`', "'").slice(0, 160)}\``;
    return `- ${check}${shown}: ${result}${evidence === null ? '' : `, evidence ${short(evidence)}`}`;
  });
}
