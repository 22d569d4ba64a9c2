import type { Nodes } from 'mdast';

/**
 * The text of a node without its marks, images by their alternative text. Without recursion: a text of a few kilobytes
 * can nest deeper than the stack is.
 */
export function plainText(node: Nodes): string {
  let text = '';
  const open: Nodes[] = [node];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if ('value' in one) text += one.value;
    else if ('alt' in one) text += one.alt ?? '';
    else if ('children' in one) for (let at = one.children.length - 1; at >= 0; at--) open.push(one.children[at]!);
  }
  return text;
}
