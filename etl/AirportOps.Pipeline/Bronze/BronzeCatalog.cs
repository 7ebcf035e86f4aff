using AirportOps.Lake;
using AirportOps.Pipeline.Windows;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>What a raw zone holds, read from the names of its objects; other names in it are passed over.</summary>
internal sealed class BronzeCatalog(ILake lake)
{
    /// <summary>A shard's objects of one hour, in no particular order.</summary>
    public async Task<List<BronzeKey>> ListAsync(string stream, string shard, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var objects = new List<BronzeKey>();
        var prefix = $"{BronzeKey.HourPrefix(stream, hour)}{shard}-";
        await foreach (var found in lake.ListAsync(prefix, startAfter: null, cancellationToken).ConfigureAwait(false))
        {
            // The prefix also finds the shard whose id goes on with a hyphen.
            if (BronzeKey.TryParse(found.Key) is { } key && key.Shard == shard) objects.Add(key);
        }

        return objects;
    }

    /// <summary>
    /// The object that ends with the greatest sequence number archived of a shard, or null when there is none. Searched from the newest hour backwards: a list a day without
    /// objects, one an hour of the day that has some.
    /// </summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="oldest">Nothing that arrived before is looked for.</param>
    /// <param name="now">About the newest hour there may be; a clock that is wrong costs time, no more.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<BronzeKey?> NewestAsync(
        string stream, string shard, DateTimeOffset oldest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Arrival is only nearly in the order of a shard, so an hour's first records may lie in the hour before.
        var firstHour = BronzeKey.HourOf(oldest.AddHours(-1));
        var hour = BronzeKey.HourOf(now);
        while (await NextHourAsync(stream, hour.AddHours(1), cancellationToken).ConfigureAwait(false) is { } later) hour = later;

        DateOnly? date = null;
        for (; hour >= firstHour; hour = hour.AddHours(-1))
        {
            if (date != DateOnly.FromDateTime(hour.UtcDateTime))
            {
                date = DateOnly.FromDateTime(hour.UtcDateTime);
                if (await FirstAsync(BronzeKey.DatePrefix(stream, date.Value), startAfter: null, cancellationToken).ConfigureAwait(false) is null)
                {
                    hour = hour.AddHours(-hour.Hour);
                    continue;
                }
            }

            if (await NewestOfHourAsync(stream, shard, hour, cancellationToken).ConfigureAwait(false) is { } newest)
            {
                var before = await NewestOfHourAsync(stream, shard, hour.AddHours(-1), cancellationToken).ConfigureAwait(false);
                return before?.Last > newest.Last ? before : newest;
            }
        }

        return null;
    }

    /// <summary>The first hour of a stream, not before a time, that has objects; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextHourAsync(string stream, DateTimeOffset from, CancellationToken cancellationToken)
    {
        // No object is named like its folder, so this finds the hour itself too.
        var startAfter = BronzeKey.HourPrefix(stream, BronzeKey.HourOf(from));
        while (await FirstAsync(BronzeKey.StreamPrefix(stream), startAfter, cancellationToken).ConfigureAwait(false) is { } key)
        {
            if (BronzeKey.TryParse(key) is { } found) return found.Hour;
            startAfter = key;
        }

        return null;
    }

    /// <summary>The ids of the shards of a stream that have objects, in order.</summary>
    public async Task<IReadOnlyList<string>> ShardsAsync(string stream, CancellationToken cancellationToken)
    {
        var shards = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var found in lake.ListAsync(BronzeKey.StreamPrefix(stream), startAfter: null, cancellationToken).ConfigureAwait(false))
        {
            if (BronzeKey.TryParse(found.Key) is { } key) shards.Add(key.Shard);
        }

        return [.. shards];
    }

    /// <summary>Whether the archive of a shard has a hole of its own between two records.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="after">The record before.</param>
    /// <param name="before">The record behind; null for the archive's end.</param>
    /// <param name="from">About when the first of them arrived: nothing an hour older is looked at.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<bool> HasGapAsync(
        string stream, string shard, SequenceNumber after, SequenceNumber? before, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var startAfter = BronzeKey.HourPrefix(stream, BronzeKey.HourOf(from).AddHours(-1));
        await foreach (var found in lake.ListAsync(BronzeKey.StreamPrefix(stream), startAfter, cancellationToken).ConfigureAwait(false))
        {
            if (BronzeGap.TryParse(found.Key) is { } gap && gap.Shard == shard && gap.Last > after && (before is null || gap.First < before)) return true;
        }

        return false;
    }

    /// <summary>The streams that have objects, in order.</summary>
    public async Task<IReadOnlyList<string>> StreamsAsync(CancellationToken cancellationToken)
    {
        var streams = new List<string>();
        string? startAfter = null;
        while (await FirstAsync(BronzeKey.Root, startAfter, cancellationToken).ConfigureAwait(false) is { } key)
        {
            var stream = key.Split('/')[1];
            if (stream != ShardNotes.Folder) streams.Add(stream);
            startAfter = $"{BronzeKey.Root}{stream}0";
        }

        return streams;
    }

    private async Task<BronzeKey?> NewestOfHourAsync(string stream, string shard, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        BronzeKey? newest = null;
        foreach (var key in await ListAsync(stream, shard, hour, cancellationToken).ConfigureAwait(false))
        {
            if (newest is null || key.Last > newest.Value.Last) newest = key;
        }

        return newest;
    }

    private async Task<string?> FirstAsync(string prefix, string? startAfter, CancellationToken cancellationToken) =>
        (await lake.FirstAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false))?.Key;
}
