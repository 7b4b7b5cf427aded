import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';

import type { INode } from 'n8n-workflow';

const FLOWS = path.join(__dirname, '..', '..', '..', 'workflows');

/** Fields of an item. */
export type Json = Record<string, unknown>;

/** What a Code step of a flow sees of the flow around it. */
export interface Surroundings {
	/** What comes into the step. */
	input: readonly Json[];
	/** What other steps have given out, by their names. */
	steps?: Readonly<Record<string, readonly Json[]>>;
	/** From which item each item of another step has come, by the step's name; by default, from the one in its place. */
	origins?: Readonly<Record<string, readonly number[]>>;
	/** Parameters of other steps, by their names. */
	params?: Readonly<Record<string, Json>>;
	/** The present, in milliseconds since 1970. */
	nowMs: number;
}

/** A step of a ready flow. @param flow name of a file in `workflows/`, without its ending */
export function stepOf(flow: string, name: string): INode {
	const { nodes } = JSON.parse(readFileSync(path.join(FLOWS, `${flow}.json`), 'utf8')) as {
		nodes: INode[];
	};
	const step = nodes.find((node) => node.name === name);
	if (!step) throw new Error(`"${flow}" has no step "${name}"`);
	return step;
}

/**
 * The code of a Code step of a ready flow, to be run as n8n runs it: once for all items.
 *
 * @param flow name of a file in `workflows/`, without its ending
 * @param code what a user has made of it
 * @throws Error if the flow has no such step
 */
export function codeOf(
	flow: string,
	step: string,
	code = stepOf(flow, step).parameters.jsCode,
): (surroundings: Surroundings) => Json[] {
	if (typeof code !== 'string') throw new Error(`"${flow}" has no Code step "${step}"`);
	const run = compileFunction(code, ['$input', '$', 'Date']) as (
		...names: unknown[]
	) => Array<{ json: Json }>;
	return ({ input, steps = {}, origins = {}, params = {}, nowMs }) => {
		const of = (items: readonly Json[]) => items.map((json) => ({ json }));
		const $input = { all: () => of(input) };
		const $ = (name: string) => {
			const items = of(steps[name] ?? []).map((item, index) => ({
				...item,
				pairedItem: { item: origins[name]?.[index] ?? index },
			}));
			return { all: () => items, first: () => items[0], params: params[name] };
		};
		return run($input, $, clockAt(nowMs)).map(({ json }) => ({ ...json }));
	};
}

function clockAt(nowMs: number): DateConstructor {
	return class extends Date {
		static override now = () => nowMs;
	} as DateConstructor;
}
