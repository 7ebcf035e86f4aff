using AirportOps.Lake;

namespace AirportOps.Pipeline.Batch;

/// <summary>One file of records, an object of a lake, or standard input.</summary>
/// <param name="Path">Where it lies; <see cref="StandardInput"/> for standard input.</param>
/// <param name="Name">Its name without folders.</param>
/// <param name="Bytes">Its size as stored; null where that is not known before its end.</param>
/// <param name="Arrived">When its records arrived; of Bronze objects, each line says it.</param>
public sealed record BatchInput(string Path, string Name, long? Bytes, DateTimeOffset Arrived)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>
    /// The shard of records that don't say theirs: the name. Where several inputs have it, as much of each path's end as tells them apart, as <c>day1/events.jsonl</c>.
    /// </summary>
    public string Shard { get; init; } = Name;

    /// <summary>The lake it is an object of, under <see cref="Key"/>; null for a file.</summary>
    public ILake? Lake { get; init; }

    /// <summary>Its key in the lake; empty for a file.</summary>
    public string Key { get; init; } = "";
}
