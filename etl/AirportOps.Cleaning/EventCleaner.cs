using System.Numerics;
using System.Text;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Profiles;
using AirportOps.Cleaning.Reading;
using AirportOps.Cleaning.Seen;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning;

/// <summary>
/// Turns raw records into rows and refusals. Holds buffers that it uses again, so one instance serves one thread at a time.
/// </summary>
public sealed class EventCleaner
{
    private const string EndsEarly = "the JSON ends early";

    private readonly Workspace _workspace = new();
    private readonly EventDocument _document;
    private readonly RecordSplitter _splitter;
    private readonly EventReader _reader;
    private readonly SourceProfiles _profiles;
    private readonly int _maxRecordBytes;
    private readonly long _maxLeadMicros;

    /// <param name="codes">What airline and airport codes mean; may be shared.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public EventCleaner(CodeTables codes, CleanerOptions options)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRecordBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxEventLead, TimeSpan.Zero, nameof(options));
        _maxRecordBytes = options.MaxRecordBytes;
        _maxLeadMicros = options.MaxEventLead.Ticks / TimeSpan.TicksPerMicrosecond;
        _profiles = options.Profiles;
        _document = new EventDocument(_workspace, _profiles.Keys);
        _splitter = new RecordSplitter(_workspace, _profiles.Keys, options.MaxRecordBytes);
        _reader = new EventReader(_workspace, codes);
    }

    /// <summary>
    /// Told of each event that could be read as an object, after it was added to the batch; null for nobody. Slow: every field is read once more.
    /// </summary>
    public Action<EventAccount>? Told { get; init; }

    /// <summary>
    /// Cleans a record: each event in it becomes a row, a duplicate or a refusal in the batch. Never throws for what the bytes are.
    /// </summary>
    /// <param name="record">The record's bytes; not kept.</param>
    /// <param name="origin">Where and when it arrived.</param>
    /// <param name="seen">
    /// The ids accepted so far; those of new rows are added. Null to ask later, all at once, with <see cref="CleanBatch.Settle"/>: until then
    /// duplicates stand among the rows.
    /// </param>
    /// <param name="into">Takes rows, refusals and counts.</param>
    public void Clean(ReadOnlySpan<byte> record, in RecordOrigin origin, SeenEvents? seen, CleanBatch into)
    {
        ArgumentNullException.ThrowIfNull(into);
        into.CountRecord();
        if (record.Length > _maxRecordBytes)
        {
            into.Add(Refused(ReasonTable.TooLarge, null, $"{record.Length} bytes; at most {_maxRecordBytes} are taken", null, origin, record));
            return;
        }

        var whole = _workspace.Reset(record);
        var start = Whitespace.SkipJson(record);
        if (start == record.Length || record[start] != '{')
        {
            CleanElements(whole, origin, seen, into);
            return;
        }

        // Nearly every record is one object, and of one that is broken from its start on nothing more can be had.
        switch (_document.Read(new Slice(start, record.Length - start)))
        {
            case JsonOutcome.Malformed:
                into.Add(Refused(ReasonTable.NotJson, null, _document.Fault, null, origin, record));
                break;
            case JsonOutcome.Truncated:
                into.Add(Refused(ReasonTable.Truncated, null, EndsEarly, null, origin, record));
                break;
            case JsonOutcome.Complete when Whitespace.SkipJson(record[_document.Bytes.End..]) == record.Length - _document.Bytes.End
                && !Envelopes.MayBeOne(_document):
                CleanEvent(whole, 0, origin, seen, into);
                break;
            default:
                CleanElements(whole, origin, seen, into);
                break;
        }
    }

    /// <summary>Refuses a record of which only the start is at hand.</summary>
    /// <param name="start">Its first bytes; what is kept of it.</param>
    /// <param name="bytes">How long it is, more than the limit.</param>
    /// <param name="origin">Where and when it arrived.</param>
    /// <param name="into">Takes the refusal.</param>
    public void RefuseTooLarge(ReadOnlySpan<byte> start, long bytes, in RecordOrigin origin, CleanBatch into)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(bytes, _maxRecordBytes);
        into.CountRecord();
        var detail = $"{bytes} bytes; at most {_maxRecordBytes} are taken, and of this record the first {start.Length} are kept";
        into.Add(Refused(ReasonTable.TooLarge, null, detail, null, origin, start));
    }

    private void CleanElements(Slice whole, in RecordOrigin origin, SeenEvents? seen, CleanBatch into)
    {
        _splitter.Split(whole);
        var unwrapped = _splitter.IsPlain ? 0 : RepairTable.Set(Repair.Unwrapped);
        var end = _workspace.Length;
        foreach (var element in _splitter.Elements)
        {
            // What one event left behind does not add up over a record of many.
            _workspace.Truncate(end);
            var raw = _splitter.Elements.Count == 1 ? whole : element.Bytes;
            if (element.Kind == RecordElementKind.Object && _document.Read(element.Bytes) == JsonOutcome.Complete)
            {
                CleanEvent(raw, unwrapped | (element.IsRepaired ? RepairTable.Set(Repair.BadUtf8) : 0), origin, seen, into);
                continue;
            }

            var (reason, detail) = element.Kind switch
            {
                RecordElementKind.Truncated => (ReasonTable.Truncated, element.Fault ?? EndsEarly),
                RecordElementKind.Malformed => (ReasonTable.NotJson, element.Fault!),
                RecordElementKind.TooLarge => (ReasonTable.TooLarge, element.Fault!),
                _ => (ReasonTable.NotAnEvent, $"found {Quote(element.Bytes)}; expected a JSON object"),
            };
            into.Add(Refused(reason, null, detail, null, origin, _workspace[raw]));
        }
    }

    private void CleanEvent(Slice raw, ulong repairs, in RecordOrigin origin, SeenEvents? seen, CleanBatch into)
    {
        var profile = _profiles.Find(_document, _workspace);
        if (profile is not null)
        {
            // Once more, by the keys of its source.
            _document.Read(_document.Bytes, profile.Keys);
        }

        repairs |= _document.HasTrailingComma ? RepairTable.Set(Repair.Unwrapped) : 0;
        Take(profile, raw, repairs, origin, seen, into);
        Told?.Invoke(_reader.Account(repairs));
    }

    private void Take(SourceProfile? profile, Slice raw, ulong repairs, in RecordOrigin origin, SeenEvents? seen, CleanBatch into)
    {
        if (!_reader.TryRead(_document, profile, repairs, origin.ArrivedMicros, origin.ArrivedMicros + _maxLeadMicros))
        {
            Refuse(_reader.Fault!, raw, origin, into);
            return;
        }

        var values = _reader.Values;
        var accepted = new AcceptedEvent(
            StableHash.Hash128(_workspace[values.Text(Field.EventId)]),
            values.ContentHash(_workspace),
            origin.ArrivedMicros);
        if (seen is null)
        {
            into.AddUnsettled(values, WriteRepairs(values.Repairs), _workspace, origin, accepted, raw);
            return;
        }

        switch (seen.TryAccept(accepted))
        {
            case SeenOutcome.New:
                into.Add(values, WriteRepairs(values.Repairs), _workspace, origin, accepted);
                break;
            case SeenOutcome.Duplicate:
                into.CountDuplicate();
                break;
            default:
                into.Add(Conflict(IdText()!, origin, _workspace[raw]));
                break;
        }
    }

    private Slice? WriteRepairs(ulong repairs)
    {
        if (repairs == 0)
        {
            return null;
        }

        var start = _workspace.Length;
        for (; repairs != 0; repairs &= repairs - 1)
        {
            if (_workspace.Length > start)
            {
                _workspace.Append((byte)',');
            }

            _workspace.Append(RepairTable.Bytes[BitOperations.TrailingZeroCount(repairs)]);
        }

        return new Slice(start, _workspace.Length - start);
    }

    private void Refuse(EventFault fault, Slice raw, in RecordOrigin origin, CleanBatch into)
    {
        var found = fault.Found is { } value ? $"found {Quote(value)}; " : "";
        var field = fault.Field is { } at ? FieldTable.All[(int)at].Name : null;
        into.Add(Refused(fault.Reason, field, found + Expectations.Of(fault), IdText(), origin, _workspace[raw]));
    }

    private string? IdText() =>
        _reader.Values.Has(Field.EventId) ? Encoding.UTF8.GetString(_workspace[_reader.Values.Text(Field.EventId)]) : null;

    /// <summary>A value as it came, cut where a line would grow too long.</summary>
    private string Quote(Slice value)
    {
        const int longestQuote = 80;
        var text = Encoding.UTF8.GetString(_workspace[value with { Length = Math.Min(value.Length, longestQuote) }]);
        return text.ReplaceLineEndings(" ") + (value.Length > longestQuote ? "…" : "");
    }

    /// <summary>The refusal of an event whose id was accepted with other content.</summary>
    internal static Refusal Conflict(string eventId, in RecordOrigin origin, ReadOnlySpan<byte> raw) => Refused(
        ReasonTable.ConflictingDuplicate,
        null,
        "an event with this event_id and other content was accepted before",
        eventId,
        origin,
        raw);

    private static Refusal Refused(
        string reason, string? field, string detail, string? eventId, in RecordOrigin origin, ReadOnlySpan<byte> raw) => new()
        {
            Reason = reason,
            Field = field,
            Detail = detail,
            EventId = eventId,
            Shard = Encoding.UTF8.GetString(origin.Shard),
            Sequence = Encoding.UTF8.GetString(origin.Sequence),
            ArrivedMicros = origin.ArrivedMicros,
            Raw = raw.ToArray(),
        };
}
