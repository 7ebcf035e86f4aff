namespace AirportOps.Streams;

/// <summary>A part of a stream, ordered in itself.</summary>
/// <param name="Id">Unique in the stream for ever; of letters, digits, <c>-</c> and <c>_</c>, fit for a file name.</param>
/// <param name="ParentIds">
/// The shards it was split or merged from, none to two. To keep the order of a key, read them to their end first. A parent
/// that the stream no longer lists has been trimmed away and is read to its end.
/// </param>
public sealed record Shard(string Id, IReadOnlyList<string> ParentIds);
