import { Marked } from 'marked';
import { gfmHeadingId } from 'marked-gfm-heading-id';

const style = `
  :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
  pre, table { display: block; overflow-x: auto; }
  pre { padding: 1rem; border: 1px solid #8886; border-radius: 6px; }
  code { font-size: 0.9em; }
  table { border-collapse: collapse; }
  th, td { padding: 0.3rem 0.6rem; border: 1px solid #8886; text-align: left; vertical-align: top; }
  img { max-width: 100%; }
`;

/**
 * Renders Markdown as a whole HTML page. Relative links to Markdown lead to the rendered pages.
 *
 * @param root the relative address of the folder that has index.html
 * @returns the page, and the relative links of the Markdown without their anchors
 */
export function renderPage(markdown: string, root: string): { readonly html: string; readonly links: string[] } {
  const links: string[] = [];
  // A parser for each page: the ids of headings are counted within a page.
  const parser = new Marked(gfmHeadingId());
  const body = (parser.parse(markdown) as string).replaceAll(
    /(<[a-z]+ [^>]*?\b(?:href|src|srcset)=")([^"#:][^":]*)(")/g,
    (_, before: string, target: string, after: string) => {
      links.push(target.replace(/#.*$/, ''));
      return before + target.replace(/\.md(?=#|$)/, '.html') + after;
    },
  );
  const [, title = ''] = /^# (.+)$/m.exec(markdown) ?? [];
  return { html: page(title, root, body), links };
}

function page(title: string, root: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll('`', '')}</title>
<style>${style}</style>
</head>
<body>
<nav><a href="${root}README.html">Documentation</a> · <a href="${root}index.html">Connectivity test</a></nav>
<main>
${body}</main>
</body>
</html>
`;
}
