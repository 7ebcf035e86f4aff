namespace AirportOps.Aws.Clients.Runtime;

/// <summary>What the runtime must know of a service; the values stand in its published model.</summary>
/// <param name="ServiceId">The model's <c>serviceId</c>, which also names the <c>AWS_ENDPOINT_URL_…</c> variable.</param>
/// <param name="EndpointPrefix">First part of the host name, and the name that requests are signed for.</param>
/// <param name="ApiVersion">The model's <c>apiVersion</c>.</param>
/// <param name="TargetPrefix">awsJson: what stands before the operation in <c>X-Amz-Target</c>; empty for the query protocol.</param>
public sealed record ServiceIdentity(string ServiceId, string EndpointPrefix, string ApiVersion, string TargetPrefix);
