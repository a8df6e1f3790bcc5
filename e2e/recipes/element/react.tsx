import 'ice-servers-loader/element';
import type { IceConnectivityElement, IceReport } from 'ice-servers-loader/element';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

type ElementProps = DetailedHTMLProps<HTMLAttributes<IceConnectivityElement>, IceConnectivityElement> & {
  readonly options?: IceConnectivityElement['options'];
  readonly autostart?: boolean;
  readonly 'onice-report'?: (event: CustomEvent<IceReport>) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ice-connectivity': ElementProps;
    }
  }
}

const options = { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' };

export function ConnectivityTest({ onReport }: { readonly onReport: (report: IceReport) => void }) {
  return <ice-connectivity autostart options={options} onice-report={({ detail }) => onReport(detail)} />;
}
