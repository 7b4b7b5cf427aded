import { join, resolve } from 'node:path';

import { name, version } from '../../../package.json';

export const ROOT = resolve(__dirname, '..', '..', '..');

/** Shared with the demo and the bench because of the n8n that is installed in it; git ignores it. */
export const WORK = join(ROOT, '.demo');

/** Where n8n is installed. Homes of the n8n under test are below it: the package finds n8n's copy of n8n-workflow. */
export const N8N_FOLDER = join(WORK, 'n8n');

/** What a run leaves for a person to look at: pictures, and what each n8n printed. */
export const RESULTS = join(WORK, 'e2e');

export const BUILD_LOG = join(WORK, 'build.log');
export const INSTALL_LOG = join(WORK, 'install.log');

export const PACKAGE_NAME = name;
export const PACKAGE_FOLDER = join(WORK, 'package');

/** The packed package, as `npm pack` calls it. */
export const TARBALL = join(PACKAGE_FOLDER, `${name}-${version}.tgz`);
