// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is written

/** Says a number below the one that is given: the source of every choice. */
export type Pick = (below: number) => number;

/** Valid HCL, and what its expressions refer to. */
export interface OddHcl {
  text: string;
  /** Names of the variables in code; `var.text` stands in strings, heredocs and comments only. */
  variables: string[];
}

const words = ['a', 'b1', 'größe', 'x-y', '_z', '变量', 'for', 'E'];
const blanks = [' ', '', '\t', ' /* } " ${ var.text */ ', ' /*\n}\n*/ '];
const lineEnds = ['\n', '\r\n', ' # } " ${ var.text\n', ' // <<E\n', '\n\n', '\n/* { */\n', '\n# "\n', '/**/\n'];
const quoted = [
  'x',
  ' ',
  '\\"',
  '\\\\',
  '\\n',
  '$.',
  '%.',
  '$$.',
  '$${',
  '%%{',
  '{',
  '}',
  '#',
  '//',
  '/*',
  '<<E',
  "'",
  'var.text',
];
const plain = [
  'x',
  '"',
  '\\',
  '$.',
  '$$.',
  '$${',
  '}',
  '{',
  '#',
  '/*',
  'E x',
  'xE',
  '  ',
  '\t',
  "'",
  'var.text',
  '//',
  '%%{',
];
const labels = ['"l"', '"a b"', '"größe"', '"}"', '"#"', 'l2', 'E'];

/** Writes a file of HCL native syntax with everything in odd places (HCL Native Syntax Specification). */
export function oddHcl(pick: Pick): OddHcl {
  const variables: string[] = [];
  const one = (from: readonly string[]) => from[pick(from.length)] as string;
  const many = (most: number, part: () => string) => Array.from({ length: pick(most + 1) }, part).join('');
  let count = 0;

  const variable = () => {
    const name = `v${variables.length}`;
    variables.push(name);
    return `var.${name}`;
  };
  const leaf = () => {
    const index = pick(9);
    if (index < 3) return variable();
    return ['1', 'null', '-1.5e3', '!true', 'each.value["}"]', '"x"'][index - 3] as string;
  };
  /** `${}` and `%{}` within text. */
  const sequence = (depth: number, text: () => string): string => {
    const strip = () => one(['', '~']);
    switch (pick(4)) {
      case 0:
        return `%{${strip()} if ${expression(depth)} ${strip()}}${text()}%{ else }${text()}%{${strip()} endif ${strip()}}`;
      case 1:
        return `%{ for k, v in ${expression(depth)} ${strip()}}${text()}%{ endfor }`;
      case 2:
        return `\${\n${expression(depth)}\n}`;
      default:
        return `\${${strip()} ${expression(depth)} ${strip()}}`;
    }
  };
  const template = (depth: number): string => {
    const text = () => many(3, () => one(quoted));
    return `"${many(3, () => (depth > 0 && pick(3) === 0 ? sequence(depth - 1, text) : text()))}${one(['', '', '$', '%'])}"`;
  };
  const heredoc = (depth: number): string => {
    const word = one(['E', 'E_2', 'größe', 'E-1']);
    const end = one(['\n', '\r\n']);
    const text = () => many(2, () => one(plain));
    const row = () =>
      `${one(['', '  ', '\t'])}${many(3, () => (depth > 0 && pick(4) === 0 ? sequence(depth - 1, text) : text()))}${end}`;
    return `<<${one(['', '-'])}${word}${end}${many(3, row)}${one(['', '  ', '\t'])}${word}\n`;
  };
  const expression = (depth: number): string => {
    if (depth <= 0) return leaf();
    const inner = () => expression(depth - 1);
    const end = () => one(lineEnds);
    switch (pick(11)) {
      case 0:
        return `[${end()}${inner()},${end()}${inner()}${one(['', ','])}${end()}]`;
      case 1:
        return `{${end()}${one(words.slice(0, 6))} = ${inner()}${one([',', ''])}${end()}"q" : ${inner()}${end()}}`;
      case 2:
        return `f(${end()}${inner()},${one(blanks)}${inner()}${one(['', '...', ','])}${end()})`;
      case 3:
        return `(${inner()}${end()}==${end()}${inner()} ? ${inner()} : ${inner()})`;
      case 4:
        return `[for k, v in ${inner()} : ${inner()} if k != "}"]`;
      case 5:
        return `{ for k in ${inner()} : k => ${inner()}... }`;
      case 6:
        return `f(${heredoc(depth - 1)}, ${inner()})`;
      case 7:
        return `${variable()}${pick(3) === 0 ? `[${inner()}]` : one(['[0]', '[*].x', '.*.x', '["}"].y'])}`;
      case 8:
        return leaf();
      default:
        return template(depth);
    }
  };
  const attribute = (depth: number) => {
    const head = `${one(words)}${count++}${one(blanks)}=${one(blanks)}`;
    return pick(4) === 0 ? `${head}${heredoc(depth)}` : `${head}${expression(depth)}${one(lineEnds)}`;
  };
  const item = (depth: number): string => {
    if (depth <= 0 || pick(3) === 0) return attribute(3);
    const head = `${one(words)}${count++}${many(3, () => `${one(blanks)} ${one(labels)}`)} `;
    switch (pick(3)) {
      case 0:
        return `${head}{}${one(lineEnds)}`;
      case 1:
        return `${head}{${one([' ', ''])}${one(words)}${count++} = ${one(['1', '"}"', '["{", 1]'])}${one([' ', ''])}}\n`;
      default:
        return `${head}{${one(lineEnds)}${many(3, () => `${one(['', '  ', '\t'])}${item(depth - 1)}`)}}${one(lineEnds)}`;
    }
  };
  const text = `${one(['', '\ufeff'])}${many(4, () => item(3))}`;
  return { text, variables };
}
