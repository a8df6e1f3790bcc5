import { mount, unmount } from 'svelte';
import Call from '../Call.svelte';
import { joinFar, joinNear } from './signaling.js';

const target = document.querySelector('main')!;
const ends = [
  mount(Call, { target, props: { join: joinNear, isCaller: true } }),
  mount(Call, { target, props: { join: joinFar, isCaller: false } }),
];
window.unmount = async () => {
  await Promise.all(ends.map((end) => unmount(end)));
};
