import { arrived } from './arrived';
import { catalogue } from './catalogue';
import { files } from './files';
import { isolation } from './isolation';
import { memory } from './memory';
import { million } from './million';
import { modes } from './modes';
import { oneRow } from './oneRow';
import type { Part } from './part';
import { profile } from './profile';
import { quotas } from './quotas';
import { reading } from './reading';
import { speed } from './speed';
import { splitting } from './splitting';

/** The parts of the bench in the order in which they are run and reported. */
export const PARTS = {
	speed,
	memory,
	quotas,
	arrived,
	modes,
	isolation,
	catalogue,
	reading,
	files,
	oneRow,
	million,
	splitting,
	profile,
} satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;
