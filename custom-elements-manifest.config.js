/** Leaves out what only the class itself can use, and names the file that is published instead of the source. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        declaration.members = declaration.members?.filter(({ privacy }) => privacy !== 'private');
      }
      rename(module);
    }
  },
};

const publishedPath = 'dist/element.js';

function rename(module) {
  module.path = publishedPath;
  for (const { declaration } of module.exports ?? []) declaration.module = publishedPath;
}

export default {
  globs: ['src/element/ice-connectivity-element.ts'],
  outdir: 'dist',
  packagejson: false,
  plugins: [publicOnly],
};
