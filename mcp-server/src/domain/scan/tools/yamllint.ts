import type { Finding } from '../../finding.ts';
import { inBatches, type ScanTool, severityOf, toolFinding } from '../tool.ts';

const LINE = /^(.+?):(\d+):\d+: \[(\w+)\] (.*?)(?: \(([\w-]+)\))?$/;

/** YAML files that are no templates: the braces of one are no YAML. */
export const yamllint: ScanTool = {
  name: 'yamllint',
  purpose: 'linter',
  settings: ['.yamllint', '.yamllint.yaml', '.yamllint.yml'],
  version: ['--version'],
  calls({ paths, formats }) {
    const isYaml = (path: string) =>
      /\.ya?ml$/.test(path) && !(formats.get(path)?.has('helm') && path.includes('/templates/'));
    return inBatches(['--format', 'parsable'], paths.filter(isYaml));
  },
  read({ exit, out, err }) {
    if (exit !== 0 && exit !== 1) return { unusable: `exit ${exit ?? 'none'}, ${err.trim().slice(0, 200)}` };
    return out.split('\n').flatMap((line): Finding[] => {
      const found = LINE.exec(line);
      if (found === null) return [];
      const [, path, at, severity, message, rule = 'syntax'] = found;
      return [toolFinding('yamllint', rule, { path, line: at }, severityOf(severity), message)];
    });
  },
};
