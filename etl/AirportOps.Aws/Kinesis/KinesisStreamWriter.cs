using System.Runtime.InteropServices;
using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using AirportOps.Streams;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Kinesis;

/// <summary>Writes to a Kinesis stream, several requests at once, each key in its order (<see cref="PendingRecords"/>).</summary>
internal sealed class KinesisStreamWriter(IAmazonKinesis client, KinesisPlace place, HotShards hotShards, ILogger logger, TimeProvider clock)
    : IStreamWriter
{
    private const string PutRecords = "kinesis:PutRecords";
    private const string Throttled = "ProvisionedThroughputExceededException";
    private const int MaxDelayFactor = 100;

    private readonly KinesisFailures _failures = new(place, new OutageReporter(place.Location, logger, clock), clock);

    /// <summary>Spreads writers that were throttled together; each starts elsewhere.</summary>
    private readonly Random _jitter = new(unchecked((int)clock.GetTimestamp()));

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
    {
        Validate(records);
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingRecords(records);
        var requests = new List<Task<Outcome>>(place.Options.MaxRequests);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (pending.Left > 0)
            {
                while (requests.Count < place.Options.MaxRequests && pending.Take(clock.GetTimestamp()) is { Count: > 0 } taken)
                {
                    requests.Add(SendAsync(records, taken, stop.Token));
                }

                Settle(records, pending, await NextAsync(requests, pending, stop.Token).ConfigureAwait(false));
                await hotShards.ReportAsync(stop.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(requests)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <inheritdoc/>
    public string? WhyNot(ReadOnlySpan<byte> data) =>
        data.Length > KinesisLimits.RecordBytes ? $"has {data.Length} bytes; expected at most {KinesisLimits.RecordBytes}" : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Waits for a request to end, or for a record that waits after a failure to be due; null is the latter.</summary>
    private async Task<Outcome?> NextAsync(List<Task<Outcome>> requests, PendingRecords pending, CancellationToken cancellationToken)
    {
        var hasRoom = requests.Count < place.Options.MaxRequests;
        if (!hasRoom || pending.NextDue is not { } due)
        {
            return await TakeFirstAsync(requests).ConfigureAwait(false);
        }

        var wait = clock.GetElapsedTime(clock.GetTimestamp(), due);
        if (wait <= TimeSpan.Zero)
        {
            return null;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait, clock, enough.Token);
        var first = await Task.WhenAny([delay, .. requests]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == delay ? null : await TakeFirstAsync(requests).ConfigureAwait(false);
    }

    private static async Task<Outcome> TakeFirstAsync(List<Task<Outcome>> requests)
    {
        var first = await Task.WhenAny(requests).ConfigureAwait(false);
        requests.Remove(first);
        return await first.ConfigureAwait(false);
    }

    private void Settle(IReadOnlyList<OutgoingRecord> records, PendingRecords pending, Outcome? outcome)
    {
        if (outcome is not { } ended)
        {
            return;
        }

        if (ended.Failure is { } failure)
        {
            _failures.Meet(failure, PutRecords);
        }

        var firstFailure = default(PutRecordsResultEntry);
        for (var number = 0; number < ended.Taken.Count; number++)
        {
            var index = ended.Taken[number];
            var result = ended.Results?[number];
            if (ended.Failure is null && result?.ErrorCode is null)
            {
                pending.Succeed(index);
                continue;
            }

            firstFailure ??= result;
            if (result?.ErrorCode == Throttled || ended.Failure is ProvisionedThroughputExceededException)
            {
                hotShards.Add(records[index].PartitionKey);
            }

            pending.Fail(index, DueAfter);
        }

        if (firstFailure is not null)
        {
            // What the service says of a record is trouble like that of a whole request.
            _failures.Meet(
                new AmazonServiceException(
                    firstFailure.ErrorMessage, null, ErrorType.Receiver, firstFailure.ErrorCode, null, System.Net.HttpStatusCode.InternalServerError),
                PutRecords);
        }
        else if (ended.Failure is null)
        {
            _failures.End();
        }
    }

    private long DueAfter(int failures)
    {
        var factor = Math.Min(MaxDelayFactor, 1L << Math.Min(failures - 1, 10));
        var delay = place.Options.RetryDelay * factor * (0.5 + (_jitter.NextDouble() / 2));
        return clock.GetTimestamp() + (long)(delay.TotalSeconds * clock.TimestampFrequency);
    }

    private async Task<Outcome> SendAsync(IReadOnlyList<OutgoingRecord> records, List<int> taken, CancellationToken cancellationToken)
    {
        var entries = new List<PutRecordsRequestEntry>(taken.Count);
        foreach (var index in taken)
        {
            entries.Add(new PutRecordsRequestEntry { PartitionKey = records[index].PartitionKey, Data = AsStream(records[index].Data) });
        }

        try
        {
            var answer = await client
                .PutRecordsAsync(new PutRecordsRequest { StreamName = place.Name, Records = entries }, cancellationToken).ConfigureAwait(false);
            return answer.Records?.Count == taken.Count
                ? new Outcome(taken, answer.Records, null)
                : new Outcome(taken, null, new IOException($"The answer has {answer.Records?.Count ?? 0} results for {taken.Count} records."));
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            return new Outcome(taken, null, exception);
        }
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false, publiclyVisible: true)
            : new MemoryStream(data.ToArray());

    private void Validate(IReadOnlyList<OutgoingRecord> records)
    {
        for (var index = 0; index < records.Count; index++)
        {
            var (key, data) = records[index];
            if (key is not { Length: >= 1 and <= KinesisLimits.KeyCharacters })
            {
                throw new ArgumentException($"Record {index + 1} has a key of {key?.Length ?? 0} characters; expected 1 to {KinesisLimits.KeyCharacters}.");
            }

            if (WhyNot(data.Span) is { } reason)
            {
                throw new ArgumentException($"Record {index + 1} {reason}.");
            }
        }
    }

    /// <summary>What became of a request: results one a record, or a failure of the whole.</summary>
    private sealed record Outcome(List<int> Taken, List<PutRecordsResultEntry>? Results, Exception? Failure);
}
