using System.Text;
using System.Text.Json.Nodes;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>A request as it came over the wire.</summary>
public sealed class ReceivedRequest(string method, string path, string target, IReadOnlyDictionary<string, string> headers, byte[] body)
{
    public string Method => method;

    public string Path => path;

    /// <summary>Path and query as they stood in the request line.</summary>
    public string Target => target;

    public IReadOnlyDictionary<string, string> Headers => headers;

    public byte[] Body => body;

    public string Text => Encoding.UTF8.GetString(body);

    public JsonNode Json => JsonNode.Parse(body)!;

    /// <summary>awsJson: the operation.</summary>
    public string Operation => headers.TryGetValue("X-Amz-Target", out var target) ? target[(target.IndexOf('.') + 1)..] : string.Empty;
}
