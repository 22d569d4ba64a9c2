import type { Finding } from '../../finding.ts';
import { inBatches, jsonOf, list, object, type ScanTool, toolFinding } from '../tool.ts';

/** Kubernetes manifests against the schemas of their kinds; kinds without a schema are passed over. */
export const kubeconform: ScanTool = {
  name: 'kubeconform',
  purpose: 'linter',
  settings: [],
  version: ['-v'],
  calls: ({ paths, formats }) =>
    inBatches(
      ['-output', 'json', '-ignore-missing-schemas'],
      paths.filter((path) => formats.get(path)?.has('kubernetes')),
    ),
  read(printed) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    const resources = list(object(json.value)['resources']);
    const failed = resources.find((one) => one['status'] === 'statusError');
    if (failed !== undefined) return { unusable: String(failed['msg']).slice(0, 200) };
    return resources
      .filter((one) => one['status'] === 'statusInvalid')
      .flatMap((one): Finding[] => {
        const errors = list(one['validationErrors']);
        const messages = errors.length > 0 ? errors.map((each) => `${each['path']}: ${each['msg']}`) : [one['msg']];
        const place = { path: one['filename'], line: 1 };
        return messages.map((message) =>
          toolFinding('kubeconform', 'schema', place, 'error', `${one['kind']} ${one['name']}: ${message}`),
        );
      });
  },
};
