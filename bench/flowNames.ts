/** What the flows are called in every table. */
export const FLOW_NAMES = {
	script: 'Bare script',
	http: 'Bare script with node:http',
	ours: 'Update Stocks',
	bodies: 'Code makes 50 bodies, Loop by 4, HTTP Request',
	loop: 'Loop by 2,000, Code, HTTP Request',
	single: 'HTTP Request, one request for each SKU',
	generate: 'Generating the items alone',
} as const;
