import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorLine } from '../../domain/doctor/line.ts';
import { line, type Machine, type Probe } from './machine.ts';

/** A call of `verify` as workflows write it: by name, by bundle, or by the action. */
const VERIFY = /(?:countersign|cli\.mjs)\S*\s+verify\b|uses:\s*\S*countersign\S*/;
const TRUST = /--trust-from\b|\btrust-from:/;
const HOSTED = /--hosted\b|\bhosted:/;

/** Whether CI checks what nobody's machine can be trusted with. */
export const ciWorkflow: Probe = (machine) => {
  const files = workflows(machine);
  const calling = files.filter(({ text }) => VERIFY.test(text));
  const trusting = calling.filter(({ text }) => TRUST.test(text));
  const reviews: DoctorLine['keepsFrom'] = calling.some(({ text }) => HOSTED.test(text)) ? [] : ['hosted'];
  if (trusting.length > 0)
    return line('ci', 'good', {
      found: `${trusting.map((one) => one.path).join(', ')} calls verify with --trust-from`,
      means: 'decisions are checked where their author has no hand, if the base branch is protected',
      keepsFrom: reviews,
    });
  const improve = 'call countersign verify --trust-from origin/main in CI, with the full history (fetch-depth: 0)';
  return calling.length > 0
    ? line('ci', 'warning', {
        found: `${calling.map((one) => one.path).join(', ')} calls verify without --trust-from`,
        means: 'CI believes the signers and the policy of the change it checks',
        improve,
        keepsFrom: ['external', ...reviews],
      })
    : line('ci', 'warning', {
        found: 'no CI workflow calls verify',
        means: 'nothing is checked outside the machines of its authors',
        improve,
        keepsFrom: ['external', ...reviews],
      });
};

function workflows({ project, read }: Machine): { path: string; text: string }[] {
  const folder = '.github/workflows';
  let names: string[] = [];
  try {
    names = readdirSync(join(project.root, folder)).filter((name) => /\.ya?ml$/.test(name));
  } catch {
    // No such folder: another CI, or none.
  }
  const paths = [...names.sort().map((name) => `${folder}/${name}`), '.gitlab-ci.yml', 'Jenkinsfile'];
  return paths.flatMap((path) => {
    const text = read(join(project.root, path));
    // What is commented out is not called.
    return text === undefined ? [] : [{ path, text: text.replace(/^\s*(?:#|\/\/).*$/gm, '') }];
  });
}
