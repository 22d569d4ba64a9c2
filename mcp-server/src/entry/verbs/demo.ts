import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../../app/answer.ts';
import { compose } from '../compose.ts';
import { walk } from '../demo/walk.ts';
import { paint, printable, type Terminal } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const demo: Verb = {
  usage: 'demo',
  examples: ['demo'],
  arity: [0, 0],
  async run({ options }, context) {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    git('init', '--quiet');
    git('config', 'user.name', 'Demo Person');
    git('config', 'user.email', 'demo@example.org');
    // State of the demonstration stays in its folder.
    const { ports } = compose(folder, { ...context.env, XDG_STATE_HOME: join(folder, '.git', 'state') });
    const quiet = options['json'] === true;
    await walk(ports, quiet ? SILENT : narrator(context.terminal));
    git('add', '-A');
    git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'Zone file from a host list');
    const said = `Five gates opened in ${folder}. Its approvals were simulated (level recorded, via demo).`;
    const next = `cd ${folder} && ${context.self} status`;
    const answer = { said, blocks: [], next, data: { folder } };
    return { answer, text: closing(folder, context.self, context.terminal) };
  },
};

const SILENT = { stage() {}, step() {}, answer() {} };

function narrator(terminal: Terminal) {
  return {
    stage: (title: string) => terminal.show(`\n${paint(terminal, 'bold', `== ${title}`)}`),
    step: (text: string) => terminal.show(text),
    answer(answer: Answer) {
      const refused = answer.blocks.length > 0;
      terminal.show(
        `   ${paint(terminal, refused ? 'yellow' : 'green', refused ? 'refused' : 'done')} ${printable(answer.said)}`,
      );
      for (const block of answer.blocks) terminal.show(`     ${paint(terminal, 'dim', 'because')} ${printable(block)}`);
    },
  };
}

function closing(folder: string, self: string, terminal: Terminal): string {
  const bold = (text: string) => paint(terminal, 'bold', text);
  return [
    '',
    bold('A delivery went through five gates. The person was simulated: these approvals are level recorded, via demo.'),
    '',
    'Look at it:',
    `  cd ${folder}`,
    '  cat deliveries/zone-file/as-built.md      what was built, how it was checked, who decided',
    '  cat deliveries/zone-file/history.md       every step, in order',
    `  ${self} status`,
    '',
    'Try to get past it: change one letter of deliveries/zone-file/requirements.md, then',
    `  ${self} verify`,
    '',
    'In your own repository, with Claude Code:',
    '  claude plugin marketplace add <git URL of Countersign> && claude plugin install countersign@countersign',
    '  claude, then type /spec',
  ].join('\n');
}
