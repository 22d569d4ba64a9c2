/** Words of a command that can be paths, each once. Rough: what names no file of the project counts for nothing. */
export function scriptWords(text: string): string[] {
  return [...new Set(text.match(/[\w@%+.,/-]+/g) ?? [])].slice(0, MOST_WORDS);
}
const MOST_WORDS = 5000;

/** Files that programs read without being told. */
const IMPLICIT: Readonly<Record<string, readonly string[]>> = {
  make: ['GNUmakefile', 'makefile', 'Makefile'],
  just: ['justfile'],
  task: ['Taskfile.yml'],
  npm: ['package.json'],
  npx: ['package.json'],
  yarn: ['package.json'],
  pnpm: ['package.json'],
  pytest: ['pytest.ini', 'conftest.py', 'pyproject.toml', 'tox.ini', 'setup.cfg'],
  tox: ['tox.ini', 'pyproject.toml'],
  molecule: ['molecule/'],
  ansible: ['ansible.cfg'],
  'ansible-playbook': ['ansible.cfg'],
  'ansible-lint': ['.ansible-lint'],
  yamllint: ['.yamllint', '.yamllint.yml', '.yamllint.yaml'],
};

export function implicitFiles(text: string): string[] {
  const words = new Set(text.match(/[\w-]+/g) ?? []);
  return Object.entries(IMPLICIT).flatMap(([program, files]) => (words.has(program) ? files : []));
}
