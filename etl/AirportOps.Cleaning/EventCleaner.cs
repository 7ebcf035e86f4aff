using System.Text;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Seen;

namespace AirportOps.Cleaning;

/// <summary>
/// Turns raw records into rows and refusals. Holds buffers that it uses again, so one instance serves one thread at a time.
/// </summary>
public sealed class EventCleaner
{
    private readonly CleanerOptions _options;

    /// <param name="codes">What airline and airport codes mean; may be shared.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public EventCleaner(CodeTables codes, CleanerOptions options)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRecordBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxEventLead, TimeSpan.Zero, nameof(options));
        _options = options;
    }

    /// <summary>
    /// Cleans a record: each event in it becomes a row, a duplicate or a refusal in the batch. Never throws for what the bytes are.
    /// </summary>
    /// <param name="record">The record's bytes; not kept.</param>
    /// <param name="origin">Where and when it arrived.</param>
    /// <param name="seen">The ids accepted so far; those of new rows are added.</param>
    /// <param name="into">Takes rows, refusals and counts.</param>
    public void Clean(ReadOnlySpan<byte> record, in RecordOrigin origin, SeenEvents seen, CleanBatch into)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(into);
        into.CountRecord();
        if (record.Length > _options.MaxRecordBytes)
        {
            into.Add(new Refusal
            {
                Reason = ReasonTable.TooLarge,
                Detail = $"{record.Length} bytes; at most {_options.MaxRecordBytes} are taken",
                Shard = Encoding.UTF8.GetString(origin.Shard),
                Sequence = Encoding.UTF8.GetString(origin.Sequence),
                ArrivedMicros = origin.ArrivedMicros,
                Raw = record.ToArray(),
            });
        }
    }
}
