import { html, type TemplateResult } from 'lit';

/** Shows the code of both calls, and the line that makes the difference. */
export function codeView(mintPath: string): TemplateResult {
  return html`
    <section class="card code" aria-labelledby="code">
      <h2 id="code">The code</h2>
      <p>Both calls:</p>
      <pre dir="ltr"><code>const pc = new RTCPeerConnection(await loader.load());</code></pre>
      <p>Only the call with keepFresh:</p>
      <pre dir="ltr" class="difference"><code>keepFresh(pc, loader);</code></pre>
      <p>The loader gets each new key from this page’s own server:</p>
      <pre dir="ltr"><code>${loaderCode(mintPath)}</code></pre>
    </section>
  `;
}

function loaderCode(mintPath: string): string {
  return `const loader = createIceServersLoader({
  appName: 'demo',
  apiKey: async () => {
    const response = await fetch('${mintPath}');
    if (!response.ok) throw new Error('No key');
    return response.json();
  },
});`;
}
