import { ARTIFACTS } from '../stage.ts';
import { RULES } from './catalogue.ts';
import { type Example, exampleInput, type Rule, runRules } from './rule.ts';

/** A rule's documentation page in Markdown: what it expects, and its examples with what is said about them. */
export function explain(rule: Rule): string {
  const notes = [
    `Severity: **${rule.severity}**${rule.atSubmission === undefined ? '' : `, **${rule.atSubmission}** at submission`}.`,
    rule.mandatory
      ? 'A gate rests on it, so no comment disables it.'
      : `Where it does not hold: \`<!-- countersign-disable-next-line ${rule.id}: the reason -->\` in the line above.`,
  ];
  const fine = rule.examples.filter((example) => example.reports.length === 0);
  const wrong = rule.examples.filter((example) => example.reports.length > 0);
  return [
    `# ${rule.id}`,
    rule.summary,
    notes.join(' '),
    '## Reported',
    ...wrong.map((example) => render(rule, example)),
    '## Not reported',
    ...fine.map((example) => render(rule, example)),
  ]
    .join('\n\n')
    .concat('\n');
}

function render(rule: Rule, example: Example): string {
  const texts = ARTIFACTS.flatMap((name) => {
    const text = example.artifacts[name];
    return text === undefined ? [] : [`\`${name}\`:`, fenced(text)];
  });
  const known = [
    ...(example.facts ?? []).map((fact) => `- the snapshot holds \`${fact.id}\`: ${fact.outcome}`),
    ...(example.stated ?? []).map((one) => `- ${one.by} stated ${one.need}: ${one.status}`),
  ];
  const found =
    example.reports.length === 0
      ? []
      : runRules(RULES, exampleInput(example))
          .filter((finding) => finding.rule === rule.id)
          .map(({ path, line, message, fix }) => `- \`${path}:${line}\` ${message}. Fix: ${fix}.`);
  const lists = [known, found].filter((list) => list.length > 0).map((list) => list.join('\n'));
  return [`### ${example.title[0]!.toUpperCase()}${example.title.slice(1)}`, ...texts, ...lists].join('\n\n');
}

/** A fence longer than any in the text, so that examples with fences stay whole. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}markdown\n${text.trimEnd()}\n${fence}`;
}
