import type { AuthorizationRequest, OAuthError } from './yandexId';

/** Asks the user whether the application may use the stores. */
export function consentPage({ clientId, redirectUri, state, scope }: AuthorizationRequest): string {
	const fields = {
		response_type: 'code',
		client_id: clientId,
		redirect_uri: redirectUri,
		state,
		scope,
	};
	const inputs = Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(
			([name, value]) =>
				`<input type="hidden" name="${name}" value="${escapeHtml(String(value))}">`,
		);
	return page(
		'Allow access?',
		`<p><b>${escapeHtml(clientId)}</b> wants to manage the stores of the sandbox.</p>
		<p class="quiet">You return to ${escapeHtml(new URL(redirectUri).host)}.</p>
		<form method="post" action="authorize">${inputs.join('')}<button>Allow</button></form>`,
	);
}

/** Says why the user is not asked. */
export function refusalPage({ error, message }: OAuthError): string {
	return page(
		'Sign-in is not possible',
		`<p>${escapeHtml(message)}</p><p class="quiet">${escapeHtml(error)}</p>`,
	);
}

function page(title: string, content: string): string {
	return `<!doctype html>
<html lang="en">
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width">
	<link rel="icon" href="data:,">
	<title>${title} · Sandbox sign-in</title>
	<style>
		body { margin: 18vh auto 0; max-width: 24rem; padding: 0 1rem; color: #21201f; }
		body { font: 1rem/1.5 system-ui, sans-serif; }
		h1 { font-size: 1.5rem; }
		button { border: 0; border-radius: 8px; padding: .7rem 2rem; background: #ffdb4d; cursor: pointer; }
		button { font: inherit; font-weight: 600; }
		.quiet { color: #6b6963; }
	</style>
	<h1>${title}</h1>
	${content}
</html>
`;
}

function escapeHtml(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
