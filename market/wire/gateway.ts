/** What an answer means that comes not from the Market but from something in between, and what to tell the user. */
export interface GatewayAnswer {
	/** `final`: it will say the same again. `cut`: a smaller request may pass. `repeat`: it may be over soon. */
	verdict: 'final' | 'cut' | 'repeat';
	/** Whether the request may have been passed on to the Market anyway. */
	mayBeApplied: boolean;
	what: string;
	advice: string;
}

const SAFE = 'Sending the same balances again is safe.';

const REDIRECT = {
	mayBeApplied: false,
	what: 'A gateway or proxy sends the request to another address',
	advice:
		"Check the Market's address in the credential (Environment), and whether the network of this n8n asks for a sign-in. " +
		'A redirect is not followed: it could take the token to another host.',
};

const BUSY = {
	verdict: 'repeat',
	mayBeApplied: false,
	what: 'A gateway or proxy on the way accepts no more requests just now',
	advice: `Run again later, or send less often. ${SAFE}`,
} as const;

/** A page from something that is not the Market, with a status that says nothing more. */
const PAGE: GatewayAnswer = {
	verdict: 'repeat',
	mayBeApplied: true,
	what: "A gateway or proxy answered in the Market's place",
	advice: `Check the Market's address in the credential, and the proxy and firewall of this n8n, then run again. ${SAFE}`,
};

/** Statuses that the Market itself never returns, each with its meaning by RFC 9110 (499: nginx). */
const BY_STATUS: ReadonlyMap<number, GatewayAnswer> = new Map<number, GatewayAnswer>([
	[301, { ...REDIRECT, verdict: 'final' }],
	[302, { ...REDIRECT, verdict: 'repeat' }],
	[303, { ...REDIRECT, verdict: 'repeat' }],
	[304, { ...PAGE, what: 'A gateway or cache answered "not modified" in the Market\'s place' }],
	[307, { ...REDIRECT, verdict: 'repeat' }],
	[308, { ...REDIRECT, verdict: 'final' }],
	[
		407,
		{
			verdict: 'final',
			mayBeApplied: false,
			what: 'A gateway or proxy on the way wants a user name and a password',
			advice:
				'Give n8n the address of the proxy with both in it (environment variable HTTPS_PROXY), then run again.',
		},
	],
	[408, BUSY],
	[
		413,
		{
			verdict: 'cut',
			mayBeApplied: false,
			what: 'A gateway or proxy on the way does not accept a request of this size',
			advice:
				"Let whoever runs it raise its limit: the Market's own is 512 KB (nginx: client_max_body_size).",
		},
	],
	[425, BUSY],
	[429, BUSY],
	[
		451,
		{
			verdict: 'final',
			mayBeApplied: false,
			what: 'A gateway or proxy on the way blocks the Market for legal reasons',
			advice: "Let whoever runs the network of this n8n open the Market's address.",
		},
	],
	[
		499,
		{
			...PAGE,
			what: 'A gateway or proxy gave the request up before the Market answered',
			advice: `Let whoever runs it wait for 60 s or more, then run again. ${SAFE}`,
		},
	],
]);

/** What a status means that only a gateway returns, whatever its body says; undefined for all others. */
export function gatewayStatus(status: number): GatewayAnswer | undefined {
	return BY_STATUS.get(status);
}

/** What an answer means if its body is not the Market's. */
export function gatewayAnswer(status: number): GatewayAnswer {
	return BY_STATUS.get(status) ?? PAGE;
}
