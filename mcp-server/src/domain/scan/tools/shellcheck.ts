import { inBatches, jsonOf, list, object, type ScanTool, severityOf, toolFinding } from '../tool.ts';

/** Shell scripts, by ending or by what extraction took for one. */
export const shellcheck: ScanTool = {
  name: 'shellcheck',
  purpose: 'linter',
  settings: ['.shellcheckrc', 'shellcheckrc'],
  version: ['--version'],
  calls({ paths, formats }) {
    const scripts = paths.filter((path) => /\.(?:sh|bash|ksh|dash)$/.test(path) || formats.get(path)?.has('shell'));
    return inBatches(['--format=json1'], scripts);
  },
  read(printed) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    return list(object(json.value)['comments']).map((one) =>
      toolFinding(
        'shellcheck',
        `SC${one['code']}`,
        { path: one['file'], line: one['line'] },
        severityOf(one['level']),
        one['message'],
      ),
    );
  },
};
