import { parse } from 'yaml';

/** A step of a job: a command of a shell, or an action that only GitHub can carry out. */
export interface Step {
	name?: string;
	uses?: string;
	run?: string;
}

export interface Job {
	permissions?: Record<string, string>;
	steps: Step[];
}

/** What the project's workflows of GitHub consist of, as far as our own code reads it. */
export interface GithubWorkflow {
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

export function readWorkflow(text: string): GithubWorkflow {
	return parse(text) as GithubWorkflow;
}
