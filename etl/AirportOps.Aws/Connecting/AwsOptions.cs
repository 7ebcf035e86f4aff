using Amazon.Runtime;

namespace AirportOps.Aws.Connecting;

/// <summary>How AWS is reached; what is not said here comes from the standard <c>AWS_*</c> variables and profiles.</summary>
public sealed record AwsOptions
{
    /// <summary>
    /// Endpoints instead of AWS's own, by service (<c>kinesis</c>, <c>s3</c>, …), the empty name for all others. Default none; then the
    /// variables <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_SERVICE</c> count.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Credentials instead of those the SDK finds. Default null.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>Attempts at a call before its failure is told, from 1. Default null: the SDK's, which is 3.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Reads endpoints: URLs separated by commas, each for all services or, with <c>SERVICE=</c> before it, for one.</summary>
    /// <param name="text">For instance <c>http://127.0.0.1:5001,kinesis=http://127.0.0.1:5002</c>.</param>
    /// <exception cref="FormatException">Says which part is no URL.</exception>
    public static IReadOnlyDictionary<string, Uri> ParseEndpoints(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var endpoints = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (service, url) = equals > 0 && equals < colon ? (part[..equals], part[(equals + 1)..]) : (string.Empty, part);
            if (!Uri.TryCreate(url, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            {
                throw new FormatException($"'{part}' is no endpoint; expected http://HOST:PORT, https://HOST, or one of these after SERVICE=");
            }

            endpoints[service] = endpoint;
        }

        return endpoints;
    }
}
