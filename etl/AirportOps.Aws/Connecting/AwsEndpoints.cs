namespace AirportOps.Aws.Connecting;

/// <summary>Endpoints instead of AWS's own.</summary>
public static class AwsEndpoints
{
    /// <summary>Reads endpoints: URLs separated by commas, each for all services or, with <c>SERVICE=</c> before it, for one.</summary>
    /// <param name="text">For instance <c>http://127.0.0.1:5001,kinesis=http://127.0.0.1:5002</c>; null and empty are none.</param>
    /// <returns>By service (<c>kinesis</c>, <c>s3</c>, …, in any case), the empty name for all others.</returns>
    /// <exception cref="FormatException">Says which part is no URL.</exception>
    public static IReadOnlyDictionary<string, Uri> Parse(string? text)
    {
        var endpoints = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
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
