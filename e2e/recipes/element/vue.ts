import 'ice-servers-loader/element';
import type { IceReport } from 'ice-servers-loader/element';
import { defineComponent, h } from 'vue';

const options = { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' };

export const ConnectivityTest = defineComponent({
  emits: { report: (report: IceReport) => report.format === 1 },
  setup:
    (_props, { emit }) =>
    () =>
      h('ice-connectivity', { autostart: true, options, onIceReport: ({ detail }: CustomEvent<IceReport>) => emit('report', detail) }),
});
