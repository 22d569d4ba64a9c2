import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateInfo, Templates } from '../app/ports.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Templates as folders with a template.yaml and a requirements.md. */
export function templateFolders(folder: string): Templates {
  const file = (name: string, entry: string) => join(folder, name, entry);
  const names = () =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => NAME.test(name) && existsSync(file(name, 'template.yaml')))
          .sort()
      : [];
  return {
    names,
    async list() {
      const { templateFacts } = await import('./template-facts.ts');
      return names().map((name): TemplateInfo => {
        const facts = templateFacts(readFileSync(file(name, 'template.yaml'), 'utf8'));
        return { name, title: facts.title ?? name, summary: facts.summary ?? '' };
      });
    },
    requirements(name) {
      if (!NAME.test(name) || !existsSync(file(name, 'requirements.md'))) return undefined;
      return readFileSync(file(name, 'requirements.md'), 'utf8');
    },
  };
}
