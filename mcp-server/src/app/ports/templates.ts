export interface TemplateInfo {
  name: string;
  title: string;
  /** One line. */
  summary: string;
  group: string;
  tags: readonly string[];
  /** The project's own, below `templates/`, stand before shipped ones of the same name. */
  from: 'project' | 'shipped';
  /** Why it cannot be used. */
  problem?: string;
}

export interface Templates {
  /** By name. */
  list(): TemplateInfo[];
  /** requirements.md of a template, undefined for an unknown name. */
  requirements(name: string): string | undefined;
  /** answers.yaml of a template: its worked example. */
  answers(name: string): string | undefined;
}
