import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateInfo, Templates } from '../app/ports/templates.ts';
import { readTemplateFacts, TEMPLATE_NAME } from '../domain/template/template.ts';
import { resolveInside } from './resolver.ts';
import { smallFile } from './small-file.ts';

/**
 * Templates as folders with a template.yaml, a requirements.md and an answers.yaml: those of the project's `templates/`, and
 * the shipped ones whose name none of these has. Folders of other programs' templates are passed over.
 *
 * @param project root of the project; nothing outside it is read through links in its `templates/`
 */
export function templateFolders(shipped: string, project: string): Templates {
  const own = join(project, 'templates');
  const sources = [
    // In the repository of the shipped ones they are both; they are listed once, as shipped.
    ...(samePlace(own, shipped) ? [] : [{ from: 'project' as const, names: () => foldersOf(own), read: inProject }]),
    { from: 'shipped' as const, names: () => foldersOf(shipped), read: inShipped },
  ];
  function inProject(name: string, file: string) {
    try {
      return smallFile(resolveInside(project, `templates/${name}/${file}`));
    } catch {
      return undefined;
    }
  }
  function inShipped(name: string, file: string) {
    return smallFile(join(shipped, name, file));
  }
  /** A file of the first folder of this name that holds a template. */
  function file(name: string, entry: string): string | undefined {
    if (!TEMPLATE_NAME.test(name)) return undefined;
    const source = sources.find(({ read }) => infoOf(name, read) !== undefined);
    return source?.read(name, entry);
  }
  return {
    list() {
      const found = new Map<string, TemplateInfo>();
      for (const { from, names, read } of sources)
        for (const name of names()) {
          const info = found.has(name) ? undefined : infoOf(name, read);
          if (info !== undefined) found.set(name, { ...info, from });
        }
      return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    requirements: (name) => file(name, 'requirements.md'),
    answers: (name) => file(name, 'answers.yaml'),
  };
}

type Read = (name: string, file: string) => string | undefined;

function infoOf(name: string, read: Read): Omit<TemplateInfo, 'from'> | undefined {
  const text = read(name, 'template.yaml');
  const result = text === undefined ? undefined : readTemplateFacts(text);
  if (result === undefined) return undefined;
  const broken = { name, title: name, summary: '', group: '', tags: [] };
  if ('problem' in result) return { ...broken, problem: `template.yaml: ${result.problem}` };
  if (read(name, 'requirements.md') === undefined) return { ...broken, problem: 'it has no requirements.md' };
  const { title, summary, group, tags } = result.facts;
  return { name, title, summary, group: group ?? '', tags };
}

function foldersOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => TEMPLATE_NAME.test(name));
  } catch {
    return [];
  }
}

function samePlace(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
