import { type Found, isExact } from './dependency.ts';

/** Programs that install, with where their packages come from and what separates a version. */
const INSTALLERS: Readonly<Record<string, { source: string; separator: RegExp }>> = {
  'apt-get': { source: 'apt', separator: /=/ },
  apt: { source: 'apt', separator: /=/ },
  apk: { source: 'apk', separator: /[=~]=?/ },
  dnf: { source: 'rpm', separator: /-(?=\d)/ },
  microdnf: { source: 'rpm', separator: /-(?=\d)/ },
  yum: { source: 'rpm', separator: /-(?=\d)/ },
  pip: { source: 'PyPI', separator: /(?=[=<>~!]=)/ },
  pip3: { source: 'PyPI', separator: /(?=[=<>~!]=)/ },
  npm: { source: 'npm', separator: /(?<=.)@/ },
  gem: { source: 'RubyGems', separator: /:/ },
};

const COMMAND =
  /(?<![\w./-])(apt-get|apt|apk|microdnf|dnf|yum|pip3?|npm|gem)(?:\s+-[\w=./-]+)*\s+(?:install|add|i)\s+([^;&|\n)]*)/g;

/** Packages that lines of a shell script or a Dockerfile install. A word with a variable in it is left out. */
export function installedPackages(path: string, text: string): Found[] {
  const found: Found[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    const whole = [lines[at]!];
    // A line that goes on counts where it starts.
    while (whole.at(-1)!.endsWith('\\') && at + 1 < lines.length) whole.push(lines[++at]!);
    const joined = whole.map((one) => one.replace(/\\$/, '')).join(' ');
    for (const match of joined.matchAll(COMMAND)) {
      const { source, separator } = INSTALLERS[match[1]!]!;
      for (const word of packagesIn(match[2]!)) {
        const [name = word, version = ''] = word.split(separator);
        const pinned = version !== '' && isExact(version);
        found.push({ kind: 'package', name, version, pinned, source, licence: '', path, line });
      }
    }
  }
  return found;
}

/** Options that take the next word. */
const VALUED = new Set([
  '-t',
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-i',
  '--index-url',
  '-f',
  '--virtual',
  '-o',
]);

function packagesIn(words: string): string[] {
  const found: string[] = [];
  const all = words.split(/\s+/).filter((word) => word !== '');
  for (let at = 0; at < all.length; at++) {
    const word = all[at]!.replace(/^["']|["']$/g, '');
    if (VALUED.has(word)) at++;
    else if (/^#/.test(word)) break;
    else if (!/^-|[$`<>{}*]|^\.{0,2}\/|^\.$/.test(word.replace(/[=<>~!]=[\d.]+$/, ''))) found.push(word);
  }
  return found;
}
