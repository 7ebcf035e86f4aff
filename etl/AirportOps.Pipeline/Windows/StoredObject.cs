using AirportOps.Lake;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Windows;

/// <summary>Reads the objects that manifests name, and holds them against what the manifest says of them.</summary>
internal static class StoredObject
{
    /// <summary>What to do about a Silver object that is missing or changed.</summary>
    internal const string Remedy = "Put the object back from a backup, or restore the lake as docs/deploy.md says.";

    /// <summary>An object's content.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="key">Where it lies.</param>
    /// <param name="bytes">Its exact size.</param>
    /// <param name="sha256">Its hash; null where the manifest has none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException">It is missing, or not what was written.</exception>
    internal static async Task<byte[]> GetAsync(ILake lake, string key, long bytes, string? sha256, CancellationToken cancellationToken)
    {
        var content = await lake.TryGetAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw Failure($"{key} is missing in the lake {lake.Location}, although a window's manifest names it.");
        if (content.LongLength != bytes)
        {
            throw Failure($"{key} has {content.LongLength} bytes, its manifest says {bytes}.");
        }

        return sha256 is null || SealedJson.HashOf(content) == sha256
            ? content
            : throw Failure($"{key} is not what was written: its SHA-256 is another than its manifest says.");
    }

    /// <summary>An object that is no Parquet file.</summary>
    /// <exception cref="PipelineException">It is missing, or not what was written.</exception>
    internal static Task<byte[]> GetAsync(ILake lake, WindowObject named, CancellationToken cancellationToken) =>
        GetAsync(lake, named.Key, named.Bytes, named.Sha256, cancellationToken);

    private static PipelineException Failure(string what) => new($"{what} {Remedy}", Fault.Operator, null);
}
