import 'ice-servers-loader/element';
import type { IceReport } from 'ice-servers-loader/element';

export function testConnection(place: Element): Promise<IceReport> {
  const element = document.createElement('ice-connectivity');
  element.options = { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' };
  place.append(element);
  return element.run();
}
