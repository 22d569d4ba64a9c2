import { inBatches, jsonOf, list, type ScanTool, severityOf, toolFinding } from '../tool.ts';

/** Dockerfiles. */
export const hadolint: ScanTool = {
  name: 'hadolint',
  purpose: 'linter',
  settings: ['.hadolint.yaml', '.hadolint.yml'],
  version: ['--version'],
  calls: ({ paths, formats }) =>
    inBatches(
      ['--format', 'json', '--no-fail'],
      paths.filter((path) => formats.get(path)?.has('dockerfile')),
    ),
  read(printed) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    return list(json.value).map((one) =>
      toolFinding(
        'hadolint',
        one['code'],
        { path: one['file'], line: one['line'] },
        severityOf(one['level']),
        one['message'],
      ),
    );
  },
};
