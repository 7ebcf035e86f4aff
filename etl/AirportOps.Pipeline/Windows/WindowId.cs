using System.Globalization;

namespace AirportOps.Pipeline.Windows;

/// <summary>Names a window: a closed range of one shard, numbered without gaps.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Shard">The shard's id.</param>
/// <param name="Ordinal">From 1, in the order of the shard.</param>
public readonly record struct WindowId(string Stream, string Shard, long Ordinal)
{
    /// <summary>The ordinal as keys carry it, padded so that keys sort as ordinals do.</summary>
    public string PaddedOrdinal => Ordinal.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>The name the window has in the warehouse, <c>STREAM/SHARD/ORDINAL</c>.</summary>
    public string BatchId => $"{Stream}/{Shard}/{PaddedOrdinal}";

    /// <summary>Where the window's manifest lies in the lake.</summary>
    public string ManifestKey => $"{WindowStore.Prefix}{Stream}/{Shard}/{PaddedOrdinal}.json";

    /// <inheritdoc/>
    public override string ToString() => BatchId;
}
