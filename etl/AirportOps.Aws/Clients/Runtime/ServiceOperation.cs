using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>How one operation's request is written and its answer read. Immutable; one instance serves all calls.</summary>
/// <typeparam name="TResponse">The operation's answer.</typeparam>
/// <param name="options">Its marshaller and unmarshaller.</param>
public abstract class ServiceOperation<TResponse>(InvokeOptions options)
    where TResponse : AmazonWebServiceResponse, new()
{
    internal InvokeOptions Options { get; } = options;
}
