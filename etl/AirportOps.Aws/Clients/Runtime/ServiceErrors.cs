using Amazon.Runtime;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>A service's errors as exceptions of their own types.</summary>
/// <param name="other">Makes the service's general exception.</param>
/// <param name="typed">Makes those with a type, by their code.</param>
public sealed class ServiceErrors(
    Func<ErrorDetails, AmazonServiceException> other, IReadOnlyDictionary<string, Func<ErrorDetails, AmazonServiceException>> typed)
{
    /// <summary>Makes the exception of an error.</summary>
    public AmazonServiceException Create(ErrorDetails error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return typed.TryGetValue(error.Code ?? string.Empty, out var create) ? create(error) : other(error);
    }
}
