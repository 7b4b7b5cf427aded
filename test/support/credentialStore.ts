import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
} from 'n8n-workflow';

/** Values of credentials by their ID, as n8n's database would hold them. */
export type StoredCredentials = Record<string, ICredentialDataDecryptedObject>;

/** n8n's credentials helper without a database: it handles defaults, `$self` expressions and tokens as n8n does. */
export class CredentialStore extends ICredentialsHelper {
	constructor(
		private readonly types: readonly ICredentialType[],
		readonly stored: StoredCredentials,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.typeOf(name)?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const { extends: parents = [], properties = [] } = this.typeOf(name) ?? {};
		if (parents.length === 0) return properties;
		const merged: INodeProperties[] = [];
		for (const parent of parents)
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(merged, properties);
		return merged;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const authenticate = this.typeOf(typeName)?.authenticate;
		return typeof authenticate === 'function' ? await authenticate(credentials, request) : request;
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<never> {
		throw new Error('Only decrypted credentials are used');
	}

	async getDecrypted(
		_additionalData: unknown,
		{ id }: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const values = { ...this.stored[id ?? ''] };
		for (const { name, default: byDefault } of this.getCredentialsProperties(typeName)) {
			values[name] ??= byDefault as string;
		}
		for (const [name, value] of Object.entries(values)) {
			if (typeof value === 'string' && value.startsWith('={{'))
				values[name] = evaluate(value, values);
		}
		return values;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(
		{ id }: INodeCredentialsDetails,
		_typeName: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[id ?? ''] = { ...this.stored[id ?? ''], oauthTokenData: oauthTokenData ?? {} };
	}

	private typeOf(name: string): ICredentialType | undefined {
		return this.types.find((type) => type.name === name);
	}
}

/** An expression over `$self` in a credential's default, which n8n evaluates when the credential is decrypted. */
function evaluate(expression: string, $self: ICredentialDataDecryptedObject): string {
	const body = expression.replace(/^=\{\{|\}\}$/g, '');
	return String(new Function('$self', `return ${body}`)($self));
}
