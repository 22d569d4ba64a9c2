import { asArgument, jsonOf, list, object, type ScanTool, severityOf, toolFinding } from '../tool.ts';

/** What init would have to fetch first says nothing about the configuration. */
const NOT_INITIALISED = /terraform init|tofu init|not installed|required provider|plugin|initiali[sz]/i;

/** Each folder of Terraform files; nothing is fetched for it. */
export const terraformValidate: ScanTool = {
  name: 'terraform',
  purpose: 'linter',
  settings: [],
  version: ['version', '-json'],
  calls({ paths }) {
    const files = paths.filter((path) => /\.tf(?:\.json)?$/.test(path));
    const folders = [...new Set(files.map((path) => path.slice(0, path.lastIndexOf('/') + 1) || '.'))];
    return folders.map((folder) => [`-chdir=${asArgument(folder)}`, 'validate', '-json']);
  },
  read(printed, args) {
    const json = jsonOf(printed);
    if ('unusable' in json) return json;
    const folder = args[0]!.replace(/^-chdir=(?:\.\/)*/, '').replace(/^\.$/, '');
    const diagnostics = list(object(json.value)['diagnostics']);
    const missing = diagnostics.find((one) => NOT_INITIALISED.test(`${one['summary']} ${one['detail']}`));
    if (missing !== undefined) return { unusable: `${folder || '.'} is not initialised: ${missing['summary']}` };
    return diagnostics.map((one) => {
      const { filename = '', start } = object(one['range']);
      const place = { path: `${folder}${filename}`, line: object(start)['line'] };
      return toolFinding(
        'terraform',
        'validate',
        place,
        severityOf(one['severity']),
        `${one['summary']}: ${one['detail']}`,
      );
    });
  },
};
