import { setSafeRegexEngine } from 'n8n-workflow';

/**
 * n8n gives up a pattern after 250 ms by the clock. On a machine that is busy with tests these may pass before the pattern
 * is even tried, so here they are tried without that limit.
 */
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, text) => input.replace(new RegExp(pattern, flags), text),
	matchAll: (pattern, input, flags = '') => [...input.matchAll(new RegExp(pattern, `g${flags}`))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});
