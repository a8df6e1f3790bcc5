import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export async function isOnPath(command: string, path: string | undefined): Promise<boolean> {
  const folders = (path ?? '').split(delimiter).filter(Boolean);
  const found = await Promise.all(folders.map((folder) => isExecutable(join(folder, command))));
  return found.includes(true);
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
