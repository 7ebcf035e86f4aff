using System.Globalization;
using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Streams.Leases;
using Amazon.DynamoDBv2.Model;

namespace AirportOps.Aws.Leases;

/// <summary>
/// A lease as an item: <c>lease_key</c> (S, the partition key), <c>owner</c> (S, absent when nobody has it), <c>counter</c> (N), <c>wanted_by</c> (S),
/// <c>ended</c> (BOOL) and <c>renewed</c> (S, an instant for people).
/// </summary>
internal static class LeaseItem
{
    public const string Key = "lease_key";
    public const string Owner = "owner";
    public const string Counter = "counter";
    public const string WantedBy = "wanted_by";
    public const string Ended = "ended";
    public const string Renewed = "renewed";

    /// <summary>Reads an item.</summary>
    /// <exception cref="StreamException">It is none of a lease.</exception>
    public static Lease Read(string table, Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(Counter, out var counter) && long.TryParse(counter.N, CultureInfo.InvariantCulture, out var count)
            ? new Lease(
                item[Key].S,
                Text(item, Owner),
                count,
                Text(item, WantedBy),
                item.TryGetValue(Ended, out var ended) && ended.BOOL == true,
                DateTimeOffset.TryParse(Text(item, Renewed), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var renewed) ? renewed : null)
            : throw new StreamException(
                $"The item '{item[Key].S}' of table {table} is no lease: it has no number as '{Counter}'. Delete it, or name another table.",
                Fault.Operator,
                null);

    private static string? Text(Dictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) ? value.S : null;
}
