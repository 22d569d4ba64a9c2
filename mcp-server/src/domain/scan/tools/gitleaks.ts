import { asArgument, foldersOf, jsonOf, list, type ScanTool, toolFinding } from '../tool.ts';

/** Secrets in the folders of the files. What it matched is never repeated. */
export const gitleaks: ScanTool = {
  name: 'gitleaks',
  purpose: 'security',
  settings: ['.gitleaks.toml', '.gitleaksignore'],
  version: ['version'],
  calls: ({ paths }) =>
    foldersOf(paths).map((folder) => [
      'detect',
      '--no-git',
      '--no-banner',
      '--redact',
      '--exit-code',
      '0',
      '--report-format',
      'json',
      '--report-path',
      '/dev/stdout',
      '--source',
      asArgument(folder),
    ]),
  read(printed) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    return list(json.value).map((one) =>
      toolFinding(
        'gitleaks',
        one['RuleID'],
        { path: one['File'], line: one['StartLine'] },
        'error',
        one['Description'],
      ),
    );
  },
};
