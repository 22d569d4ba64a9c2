import { type Attack, ROWS, type Row } from './attack.ts';
import { ATTACKS } from './attacks.ts';

/** docs/threat-model.md: nothing in it that the suite does not show. */
export function threatModelPage(): string {
  const rows = Object.keys(ROWS) as Row[];
  const residuals = ATTACKS.filter(({ expected }) => 'residual' in expected);
  const inClient = ATTACKS.filter(({ client }) => client).length;
  return [
    '# Threat model',
    '',
    'The adversary is no thief. It is an agent in your own session, with a shell, subagents and tools, that wants to get on',
    'with the work: it takes an earlier "yes" for this one too, or ticking the box for part of the task.',
    '',
    `Each line below is an attack that the test suite carries out (\`test/redteam\`, ${ATTACKS.length} of them; ${inClient} also by a`,
    'scripted agent in the real client, without permission prompts). This page is drawn from that list by',
    '`node scripts/threat-model.mjs`.',
    '',
    '- **refused**: it does not happen, and the agent is told why and what to do instead.',
    '- **counts for nothing**: it happens and opens no gate.',
    '- **detected**: it happens and `countersign verify` says so (exit 1, or 3 where the record does not hold together).',
    '- **detected in CI against the base**: this machine does not see it; `countersign verify --trust-from` of the base branch',
    '  does, in a fresh clone.',
    '- **remains**: it goes through. These are listed again at the end.',
    '',
    'Hooks fail open in the client, and no hook sees inside a program: the guard is a speed bump. What holds is the',
    'signature, and checking where the agent has no hand.',
    '',
    ...rows.flatMap(section),
    '## What remains',
    '',
    ...residuals.map((attack) => `- ${residualOf(attack)} (\`${attack.row}/${attack.id}\`)`),
    '',
    'An agent that runs as the same user with an unrestricted shell can replace local tools or wait until a key is unlocked.',
    'The answer is CI on a protected branch, a key that asks for a passphrase or a touch, and a second person.',
    '',
  ].join('\n');
}

function section(row: Row): string[] {
  const attacks = ATTACKS.filter((attack) => attack.row === row);
  return [
    `## The agent ${ROWS[row]}`,
    '',
    '| Attack | It... | Outcome |',
    '| --- | --- | --- |',
    ...attacks.map(
      (attack) => `| \`${attack.id}\` | ${attack.tries}${attack.client ? ' *' : ''} | ${outcome(attack)} |`,
    ),
    '',
    ...(attacks.some(({ client }) => client) ? ['\\* also in the real client', ''] : []),
  ];
}

function outcome({ expected }: Attack): string {
  if ('refused' in expected) return 'refused';
  if ('closed' in expected) return 'counts for nothing';
  if ('merge' in expected) return `detected in CI against the base, exit ${expected.exit}`;
  return 'detected' in expected ? `detected, exit ${expected.exit}` : 'remains';
}

const residualOf = ({ expected }: Attack) => ('residual' in expected ? expected.residual : '');
