import { asArgument, jsonOf, list, object, type ScanTool, severityOf, toolFinding } from '../tool.ts';

const FORMATS = ['terraform', 'kubernetes', 'dockerfile', 'github-actions', 'gitlab-ci', 'ansible', 'helm'];

/** Misconfigurations, by file; nothing is fetched. Severities come with an account alone, so without one all warn. */
export const checkov: ScanTool = {
  name: 'checkov',
  purpose: 'security',
  settings: ['.checkov.yaml', '.checkov.yml'],
  version: ['--version'],
  calls({ paths, formats }) {
    const files = paths.filter((path) => FORMATS.some((format) => formats.get(path)?.has(format)));
    if (files.length === 0) return [];
    const named = files.flatMap((path) => ['--file', asArgument(path)]);
    return [['--output', 'json', '--quiet', '--compact', '--soft-fail', '--skip-download', ...named]];
  },
  read(printed) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    // One kind of file gives an object, several give a list of them.
    const reports = Array.isArray(json.value) ? list(json.value) : [object(json.value)];
    return reports.flatMap((report) =>
      list(object(report['results'])['failed_checks']).map((one) => {
        const lines = one['file_line_range'];
        const place = {
          path: String(one['repo_file_path'] ?? one['file_path']).replace(/^\/+/, ''),
          line: Array.isArray(lines) ? lines[0] : 1,
        };
        return toolFinding(
          'checkov',
          one['check_id'],
          place,
          severityOf(one['severity'], 'warning'),
          one['check_name'],
        );
      }),
    );
  },
};
