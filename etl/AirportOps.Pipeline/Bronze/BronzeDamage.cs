using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>The words for what can be wrong with an archive.</summary>
internal static class BronzeDamage
{
    private const string Remedy = "Put it back from a backup; without one, delete the shard's objects from there on and start 'bronze' while the stream has the records.";

    /// <summary>An object without its last record: empty, or a copy cut short, which decompresses without an error.</summary>
    internal static string EndsEarly(string name) => $"The Bronze object {name} is damaged: it ends before its last record. {Remedy}";

    /// <summary>Between two objects one is missing.</summary>
    /// <param name="name">The object behind the hole.</param>
    /// <param name="last">The last record before the hole.</param>
    /// <param name="before">The last record that was archived before the object.</param>
    internal static string Hole(string name, SequenceNumber last, SequenceNumber before) =>
        $"Before the Bronze object {name} one is missing: records after sequence {last} up to {before} were archived and are not there. {Remedy}";
}
