import type { Finding } from '../../finding.ts';
import { asArgument, foldersOf, jsonOf, list, object, type ScanTool, severityOf, toolFinding } from '../tool.ts';

/** Misconfigurations and secrets in the folders of the files; its checks as installed, nothing is fetched. */
export const trivy: ScanTool = {
  name: 'trivy',
  purpose: 'security',
  settings: ['trivy.yaml', '.trivyignore', '.trivyignore.yaml'],
  version: ['--version'],
  calls: ({ paths }) =>
    foldersOf(paths).map((folder) => [
      'fs',
      '--scanners',
      'misconfig,secret',
      '--offline-scan',
      '--skip-check-update',
      '--format',
      'json',
      '--quiet',
      '--exit-code',
      '0',
      asArgument(folder),
    ]),
  read(printed, args) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    const folder = args.at(-1)!.replace(/^\.\//, '');
    const within = (target: unknown) => (folder === '.' ? String(target) : `${folder}/${target}`);
    return list(object(json.value)['Results']).flatMap((result): Finding[] => {
      const path = within(result['Target']);
      const misconfigured = list(result['Misconfigurations'])
        .filter((one) => one['Status'] !== 'PASS')
        .map((one) => {
          const line = object(one['CauseMetadata'])['StartLine'];
          const message = `${one['Title']}: ${one['Message']}`;
          return toolFinding('trivy', one['ID'], { path, line }, severityOf(one['Severity']), message);
        });
      // What matched is the secret itself: it is not repeated.
      const secrets = list(result['Secrets']).map((one) =>
        toolFinding(
          'trivy',
          one['RuleID'],
          { path, line: one['StartLine'] },
          severityOf(one['Severity']),
          one['Title'],
        ),
      );
      return [...misconfigured, ...secrets];
    });
  },
};
