import { sha256 } from '../../../domain/hash.ts';
import { Html, html } from './html.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/**
 * A whole page in one file. Its policy (W3C CSP level 3) lets nothing be fetched and nothing run or style but what is here,
 * by hash: markup that should slip into the text would still do nothing.
 *
 * @param title for the window
 */
export function page(title: string, body: Html): string {
  const policy = [
    "default-src 'none'",
    `style-src ${source(STYLE)}`,
    `script-src ${source(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${body}
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.markup;
}

const source = (text: string) => `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`;
