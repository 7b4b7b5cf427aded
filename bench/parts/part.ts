import type { Progress } from '../../lab/system/progress';
import type { N8nSource } from '../n8n/instance';
import type { Bound } from '../report/bounds';
import type { Chart } from '../report/chart';
import type { Table } from '../report/table';
import type { Scale } from '../scale';

/** What every part of the bench works with. */
export interface Bench {
	scale: Scale;
	progress: Progress;
	source: N8nSource;
}

/** What one part has found out. */
export interface PartResult {
	/** Measured against what was promised. */
	bounds: Bound[];
	tables: Table[];
	charts: Chart[];
}

/** One of the questions that the bench answers. */
export type Part = (bench: Bench) => Promise<PartResult>;
