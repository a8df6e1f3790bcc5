import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

// Relative addresses: the build works from any folder of any web server.
export default defineConfig({
  root,
  base: './',
  build: {
    outDir: '../demo-dist',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    rolldownOptions: {
      input: readdirSync(root)
        .filter((name) => name.endsWith('.html'))
        .map((name) => root + name),
    },
  },
});
