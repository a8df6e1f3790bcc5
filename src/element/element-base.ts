/** What the element extends. A module that is imported in Node, or while a server renders, must not throw. */
export const ElementBase: typeof HTMLElement = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Hands a value to its accessor that was set before the element was defined: it hides the accessor of the class. */
export function upgradeProperties<T extends HTMLElement>(element: T, names: readonly (keyof T & string)[]): void {
  for (const name of names.filter((one) => Object.hasOwn(element, one))) {
    const value = element[name];
    Reflect.deleteProperty(element, name);
    element[name] = value;
  }
}
