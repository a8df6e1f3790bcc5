import { rm } from 'node:fs/promises';
import { test as teardown } from '@playwright/test';
import { installedIn } from './installed.js';

teardown('the projects go', () => rm(installedIn, { recursive: true, force: true }));
