using AirportOps.Cli.Settings;
using AirportOps.Lake;
using AirportOps.Streams;
using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Hosting;

/// <summary>Opens the places that settings name by URI.</summary>
/// <param name="settings">The settings.</param>
/// <param name="logger">Told what an operator should know.</param>
/// <param name="clock">The clock.</param>
internal sealed partial class Places(AppSettings settings, ILogger logger, TimeProvider clock)
{
    /// <summary>Opens the stream; a <c>local:</c> one that is not there is created.</summary>
    /// <exception cref="UsageException">The URI is of no known kind.</exception>
    internal IEventStream OpenStream() => Split(settings.Stream) switch
    {
        ("local", { Length: > 0 } directory) =>
            LocalStream.Open(
                directory,
                new LocalStreamOptions
                {
                    ShardCount = settings.Shards,
                    RetentionAge = settings.RetentionHours is { } hours ? TimeSpan.FromHours(hours) : null,
                    RetentionBytes = settings.RetentionBytes,
                },
                clock),
        _ => throw Unknown("stream", settings.Stream, "local:DIR"),
    };

    /// <summary>Opens the lake; a <c>file:</c> one that is not there is created.</summary>
    /// <exception cref="UsageException">The URI is of no known kind.</exception>
    internal ILake OpenLake() => Split(settings.Lake) switch
    {
        ("file", { Length: > 0 } directory) => FileLake.Open(directory, clock),
        _ => throw Unknown("lake", settings.Lake, "file:DIR"),
    };

    private static (string Scheme, string Place) Split(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (string.Empty, uri) : (uri[..colon], uri[(colon + 1)..]);
    }

    private static UsageException Unknown(string what, string uri, string expected) =>
        new($"the {what} '{uri}' is of no kind that this version opens; expected {expected}");
}
