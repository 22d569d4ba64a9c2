import { inBatches, jsonOf, list, object, type ScanTool, severityOf, toolFinding } from '../tool.ts';

/** Playbooks, roles and what belongs to them; nothing is installed for it. */
export const ansibleLint: ScanTool = {
  name: 'ansible-lint',
  purpose: 'linter',
  settings: [
    '.ansible-lint',
    '.ansible-lint.yml',
    '.ansible-lint.yaml',
    'ansible-lint.yml',
    '.ansible-lint-ignore',
    'ansible-lint-ignore.txt',
  ],
  version: ['--version'],
  calls({ paths, formats }) {
    const files = paths.filter((path) => /\.ya?ml$/.test(path) && formats.get(path)?.has('ansible'));
    return inBatches(['--offline', '--nocolor', '-q', '-f', 'codeclimate'], files);
  },
  read(printed) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    return list(json.value).map((one) => {
      const { path, lines, positions } = object(one['location']);
      const line = object(lines)['begin'] ?? object(object(positions)['begin'])['line'];
      const severity = severityOf(one['severity'], 'warning');
      return toolFinding('ansible-lint', one['check_name'], { path, line }, severity, one['description']);
    });
  },
};
