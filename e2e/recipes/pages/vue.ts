import { createApp } from 'vue';
import { IceServers } from '../vue.js';

const app = createApp(IceServers);
app.mount('main');
window.unmount = () => app.unmount();
