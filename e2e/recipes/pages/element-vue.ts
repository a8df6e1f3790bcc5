import { createApp, h } from 'vue';
import { ConnectivityTest } from '../element/vue.js';

const app = createApp(() => h(ConnectivityTest, { onReport: ({ outcome }: { readonly outcome: string }) => (document.title = outcome) }));
app.mount('main');
window.unmount = () => app.unmount();
