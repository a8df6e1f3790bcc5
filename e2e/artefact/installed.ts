import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folder of this run's projects; playwright.config.ts says where. */
export const installedIn = process.env.INSTALLED_IN!;

/** The projects that the packed package is installed in: what comes with it, by name. */
export const projects = {
  'ky-1': ['ky@1.14.3', 'react@19.3.1', 'react-dom@19.3.1'],
  'ky-2': ['ky@2.1.0'],
  'without-exports': ['ky@1.14.3', 'parcel@2.16.4', 'jest-resolve@27.5.1'],
  'app-tests': [
    'ky@1.14.3',
    'jest@30.5.2',
    'jest-environment-jsdom@30.5.2',
    '@babel/core@7.29.13',
    '@babel/preset-env@7.29.14',
    '@babel/preset-typescript@7.29.7',
    'typescript@7.0.2',
    'vitest@4.1.12',
    'jsdom@26.1.0',
    'happy-dom@21.0.4',
    '@playwright/test@1.64.1',
  ],
  next: ['ky@1.14.3', 'next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1', 'typescript@5.9.3', '@types/node@20.19.43', '@types/react@19.3.0'],
  types: [
    'typescript@7.0.2',
    'typescript-5.5@npm:typescript@5.5.4',
    'typescript-5.9@npm:typescript@5.9.3',
    'typescript-6@npm:typescript@6.0.3',
  ],
} as const;

export type Project = keyof typeof projects;

export const folderOf = (project: Project, ...path: string[]): string => join(installedIn, project, ...path);

/** Where the package lies in a project, as npm unpacked it. */
export const packageIn = (project: Project, ...path: string[]): string => folderOf(project, 'node_modules/ice-servers-loader', ...path);

/** Writes a file of a project, and gives its path. */
export const write = async (project: Project, name: string, text: string): Promise<string> => {
  const path = folderOf(project, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
};
