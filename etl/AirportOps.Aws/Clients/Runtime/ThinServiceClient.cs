using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>
/// A client on the SDK's own runtime: its credentials, signing, retries, timeouts and pipeline. Only what the service packages generate from
/// the services' models is here by hand: endpoint, authentication scheme, and the operations' shapes.
/// </summary>
/// <remarks>Safe for concurrent use; make one and keep it.</remarks>
public abstract class ThinServiceClient : AmazonServiceClient
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    protected ThinServiceClient(ThinClientConfig config)
        : base(config) => ServiceMetadata = new Metadata(config.Service.ServiceId);

    /// <summary>Makes a client with given credentials.</summary>
    protected ThinServiceClient(AWSCredentials credentials, ThinClientConfig config)
        : base(credentials, config) => ServiceMetadata = new Metadata(config.Service.ServiceId);

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ConfiguredEndpoint());
        pipeline.AddHandlerAfter<ConfiguredEndpoint>(new SignatureVersion4());
    }

    /// <summary>Calls an operation.</summary>
    /// <typeparam name="TResponse">Its answer.</typeparam>
    /// <param name="operation">How its request is written and its answer read.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    protected Task<TResponse> CallAsync<TResponse>(
        ServiceOperation<TResponse> operation, AmazonWebServiceRequest request, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(request);
        return InvokeAsync<TResponse>(request, operation.Options, cancellationToken);
    }

    private sealed class ConfiguredEndpoint : BaseEndpointResolver
    {
        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
            RegionalEndpointProvider.Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);
    }

    private sealed class SignatureVersion4 : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }

    private sealed class Metadata(string serviceId) : IServiceMetadata
    {
        public string ServiceId { get; } = serviceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
