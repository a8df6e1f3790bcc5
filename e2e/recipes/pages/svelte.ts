import { mount, unmount } from 'svelte';
import IceServers from '../IceServers.svelte';

const shown = mount(IceServers, { target: document.querySelector('main')! });
window.unmount = () => unmount(shown);
