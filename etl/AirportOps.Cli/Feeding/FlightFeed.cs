using AirportOps.Ingest;
using AirportOps.Pipeline;
using AirportOps.Streams;

namespace AirportOps.Cli.Feeding;

/// <summary>Sends the events of a file of real flights.</summary>
internal static class FlightFeed
{
    private const int RowsPerBatch = 2_000;

    /// <summary>Sends all events of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="writer">Takes the records.</param>
    /// <param name="refused">Takes each row that was refused.</param>
    /// <param name="progress">Records: rows; rows: events; refused; bytes.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    internal static async Task RunAsync(
        FlightFile file,
        IStreamWriter writer,
        Action<RefusedRow> refused,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        var batch = new FlightEventBatch();
        var outgoing = new List<OutgoingRecord>();
        var before = file.Counts;
        while (file.Read(batch, RowsPerBatch))
        {
            outgoing.Clear();
            outgoing.AddRange(batch.Select(flight => new OutgoingRecord(flight.PartitionKey, flight.Data)));
            foreach (var row in batch.Refused)
            {
                refused(row);
            }

            if (outgoing.Count > 0)
            {
                await writer.WriteAsync(outgoing, cancellationToken);
            }

            progress.Add(
                records: outgoing.Count,
                events: outgoing.Count,
                refused: file.Counts.Refused - before.Refused,
                bytes: outgoing.Sum(record => (long)record.Data.Length));
            before = file.Counts;
        }

        progress.Complete();
    }
}
