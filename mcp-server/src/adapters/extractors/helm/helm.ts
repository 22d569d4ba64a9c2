import { buildFile, folderOf } from '../../../domain/extract/build.ts';
import type { Extractor } from '../../../domain/extract/contract.ts';
import { chartFacts } from './chart.ts';
import { isHelmTemplate } from './is-template.ts';
import { settleHelm } from './settle.ts';
import { templateFacts } from './template.ts';
import { valuesFacts } from './values.ts';

const values = /(?:^|\/)(?:values[\w.-]*|[\w.-]+[.-]values)\.ya?ml$/;

/** Helm charts: Chart.yaml and its dependencies, values files with their comments, templates. The scope is the chart's folder. */
export const helm: Extractor = {
  format: 'helm',
  settle: settleHelm,
  matches(path, head) {
    if (/(?:^|\/)Chart\.ya?ml$/.test(path)) return true;
    if (/(?:^|\/)requirements\.ya?ml$/.test(path)) return /^dependencies:/m.test(head) && /\brepository:/.test(head);
    if (isHelmTemplate(path, head)) return true;
    return values.test(path) && !/(?:^|\/)templates\//.test(path) && !/^apiVersion:/m.test(head);
  },
  extract(source) {
    const isTemplate = isHelmTemplate(source.path, source.text);
    const file = buildFile('helm', source, isTemplate ? chartFolder(source.path) : folderOf(source.path));
    if (isTemplate) templateFacts(file, source);
    else if (values.test(source.path)) valuesFacts(file, source);
    else chartFacts(file, source.text);
    return file.done();
  },
};

/** The folder that holds the `templates` folder of the innermost chart. */
function chartFolder(path: string): string {
  const folder = path.slice(0, path.indexOf('templates/', Math.max(0, path.lastIndexOf('charts/'))));
  return folder === '' ? '.' : folder.replace(/\/$/, '');
}
