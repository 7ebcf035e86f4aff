using System.Globalization;

namespace AirportOps.Pipeline.Windows;

/// <summary>Names a window: a closed range of one shard, numbered without gaps.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Shard">The shard's id.</param>
/// <param name="Ordinal">From 1, in the order of the shard; a new generation goes on counting where it begins.</param>
/// <param name="Generation">The generation of the lake that wrote it, from 1. The names of the first one do not carry it.</param>
public readonly record struct WindowId(string Stream, string Shard, long Ordinal, int Generation = WindowId.FirstGeneration)
{
    /// <summary>The generation of a lake that was never restored.</summary>
    public const int FirstGeneration = 1;

    /// <summary>The ordinal as keys carry it, padded so that keys sort as ordinals do.</summary>
    public string PaddedOrdinal => Ordinal.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>The name the window has in the warehouse, <c>STREAM/SHARD/ORDINAL</c>, from the second generation on <c>STREAM/SHARD/gN/ORDINAL</c>.</summary>
    public string BatchId => $"{Stream}/{Shard}/{GenerationFolder}{PaddedOrdinal}";

    /// <summary>Where the window's manifest lies in the lake.</summary>
    public string ManifestKey => $"{WindowStore.Prefix}{BatchId}.json";

    /// <summary>The folder of its generation's manifests under that of the shard, with a slash; empty for the first.</summary>
    internal string GenerationFolder => Generation == FirstGeneration ? "" : string.Create(CultureInfo.InvariantCulture, $"g{Generation}/");

    /// <inheritdoc/>
    public override string ToString() => BatchId;
}
