using System.Globalization;
using System.Text.Json;
using AirportOps.Lake;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Windows;

/// <summary>
/// A generation of a lake, which a restore begins: an object of its own, <c>silver/_generations/NUMBER.json</c>, created only if absent. The
/// generation with the greatest number is live. The first one has no object.
/// </summary>
/// <param name="Number">From 2, greater than that of any generation the lake or its warehouse knew.</param>
/// <param name="Previous">The generation that was live when this one began.</param>
/// <param name="Begun">When, UTC.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Shards">The newest window of each shard at that moment; the shard's next window is this generation's.</param>
public sealed record Generation(int Number, int Previous, DateTimeOffset Begun, string Reason, IReadOnlyList<GenerationShard> Shards)
{
    /// <summary>Where generations lie.</summary>
    internal const string Prefix = "silver/_generations/";

    private const string Extension = ".json";

    /// <summary>Where the object lies.</summary>
    internal string Key => KeyOf(Number);

    /// <summary>The key of a generation's object, padded so that keys sort as numbers do.</summary>
    internal static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}{Extension}");

    /// <summary>The number that a key names; null for a key of another form.</summary>
    internal static int? NumberOf(string key) =>
        key.Length == KeyOf(0).Length
        && int.TryParse(key.AsSpan(Prefix.Length, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > WindowId.FirstGeneration
        && key == KeyOf(number)
            ? number
            : null;

    internal byte[] Write() => SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(this, WindowJson.Default.Generation));

    /// <exception cref="PipelineException">The object is not as it was written.</exception>
    internal static async Task<Generation> ReadAsync(ILake lake, int number, CancellationToken cancellationToken)
    {
        var key = KeyOf(number);
        var content = await lake.TryGetAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            if (content is not null
                && SealedJson.Verify(content) is not null
                && JsonSerializer.Deserialize(content, WindowJson.Default.Generation) is { } generation
                && generation.Number == number)
            {
                return generation;
            }
        }
        catch (JsonException damaged)
        {
            throw Damaged(damaged);
        }

        throw Damaged(null);

        PipelineException Damaged(Exception? cause) => new(
            $"{key} of the lake {lake.Location}, which says where generation {number} goes on, {(content is null ? "is missing" : "is damaged")}. "
            + "Put the object back from a backup; without one, delete what is left of it and run './airportops generation begin'.",
            Fault.Operator,
            cause);
    }
}

/// <summary>Where a generation goes on in a shard.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Shard">The shard's id.</param>
/// <param name="Ordinal">Its newest window when the generation began.</param>
/// <param name="Sha256">That window's hash, <see cref="WindowManifest.Sha256"/>.</param>
public sealed record GenerationShard(string Stream, string Shard, long Ordinal, string? Sha256);
