// The page of one delivery of 100 requirements, 200 checks and 3,000 events, 100 of them signed.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment } from './processes.mjs';
import { inTurn } from './rows.mjs';
import { signedRepository } from './verify.mjs';

const numbers = Array.from({ length: 100 }, (_, at) => at + 1);
const requirements = numbers.map(
  (n) =>
    `### REQ-${n}: Port ${n}\n\nWHEN port ${n} is asked for, THE SYSTEM SHALL configure it.\n\n- **AC-${n}.1** It carries traffic.\n- **AC-${n}.2** A used one is refused.\n`,
);
const components = numbers.map(
  (n) =>
    `### CMP-${n}: Role ${n}\n\n- Kind: role\n- Action: build\n- Depends on: ${n === 1 ? 'none' : `CMP-${n >> 1}`}\n- Realises: REQ-${n}\n- Paths: roles/${n}/\n`,
);
const checks = numbers.flatMap((n) =>
  [1, 2].map(
    (k) =>
      `### CHK-${2 * n - 2 + k}: Criterion ${k}\n\n- Criterion: AC-${n}.${k}\n- Component: CMP-${n}\n- Method: command\n- Expect: exit 0\n\n\`\`\`sh\ntrue ${n}\n\`\`\`\n`,
  ),
);

/** @param {import('./rows.mjs').Place} bench @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench({ base, dist, rounds, quick }) {
  const place = { cwd: join(base, 'report'), home: join(base, 'report-home') };
  signedRepository(place.cwd, { home: place.home, deliveries: 1, events: quick ? 600 : 3000, signatures: 100 });
  const folder = join(place.cwd, 'deliveries', 'delivery-0');
  const front = (/** @type {string} */ kind, rest = '') => `---\ncountersign: ${kind}/1\n${rest}---\n\n`;
  writeFileSync(
    join(folder, 'requirements.md'),
    `${front('requirements', 'title: Ports\nowner: Ada\n')}## Requirements\n\n${requirements.join('\n')}`,
  );
  writeFileSync(
    join(folder, 'design.md'),
    `${front('design')}## Components\n\n${components.join('\n')}\n## Verification\n\n${checks.join('\n')}`,
  );
  for (const n of numbers)
    for (const name of ['tasks.yml', 'defaults.yml', 'check.sh']) {
      mkdirSync(join(place.cwd, 'roles', String(n)), { recursive: true });
      writeFileSync(join(place.cwd, 'roles', String(n), name), `${n} ${name}\n`);
    }
  const page = join(base, 'page.html');
  const args = [join(dist, 'cli.mjs'), 'report', 'delivery-0', '--html', page];
  const { ms, cpu, floorMs, floorCpu } = inTurn(args, { cwd: place.cwd, env: bareEnvironment(place.home) }, rounds);
  const note = `${Math.round(statSync(page).size / 1024)} KiB`;
  return [{ name: 'report, 100 requirements', ms, cpu, floorMs, floorCpu, note }];
}
