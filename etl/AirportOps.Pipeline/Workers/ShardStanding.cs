using AirportOps.Streams;

namespace AirportOps.Pipeline.Workers;

/// <summary>Where stored results stand in a shard.</summary>
/// <param name="IsReadToEnd">The shard is closed, and nothing lies behind the results.</param>
/// <param name="NextArrived">When the first record behind the results arrived, UTC; null when there is none.</param>
internal readonly record struct ShardStanding(bool IsReadToEnd, DateTimeOffset? NextArrived)
{
    /// <summary>Looks.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="position">Where the results end.</param>
    /// <param name="clock">Paces reads that give nothing although there is more.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<ShardStanding> LookAsync(
        IEventStream stream, string shard, StreamPosition position, TimeProvider clock, CancellationToken cancellationToken)
    {
        var reader = await stream.OpenReaderAsync(shard, position, cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (true)
        {
            using var batch = await reader.ReadAsync(maxRecords: 1, maxBytes: 1, cancellationToken).ConfigureAwait(false);
            if (batch.Records.Count > 0)
            {
                return new(false, batch.Records[0].Arrived);
            }

            if (batch.EndOfShard || batch.Lag == TimeSpan.Zero)
            {
                return new(batch.EndOfShard, null);
            }

            await Task.Delay(stream.PollInterval, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
