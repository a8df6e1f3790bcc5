/** ky 2, which says that it needs Node 22, and so is no package of this repository: vite.config.ts leads to it. */
declare module 'ky2' {
  export { default } from 'ky';
}
