import type { RequestReport } from '../../../market/pacing/runPorts';

/**
 * One request in one line of n8n's log. It has nothing of the body, the query and the headers, and nothing of the reply
 * but its status.
 */
export function requestLine({ request, answer, tookMs, waitedMs }: RequestReport): string {
	const { apiMethod, path, items } = request;
	const [plainPath] = path.split('?');
	const parts = [
		`Yandex Market, ${apiMethod.name}: ${apiMethod.verb} ${plainPath}`,
		...(items === undefined ? [] : [`items: ${items}`]),
		`answer: ${answerIn(answer)}`,
		`took ${Math.round(tookMs)} ms`,
		`waited ${Math.round(waitedMs)} ms before`,
	];
	return parts.join(', ');
}

function answerIn(answer: RequestReport['answer']): string | number {
	if (answer === undefined) return 'none';
	return answer.kind === 'reply' ? answer.status : `none (${answer.code ?? answer.message})`;
}
