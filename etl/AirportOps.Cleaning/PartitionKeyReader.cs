using System.Globalization;
using System.Text;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Reading;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning;

/// <summary>What a partition key was made from.</summary>
public enum PartitionKeySource
{
    /// <summary>The identity of a flight: airline, number, date and origin; of a bag or service that tells no origin, the airport in its place.</summary>
    Flight,

    /// <summary>The airport, and the checkpoint where there is one.</summary>
    Place,

    /// <summary>The record's bytes: nothing could be read in it that says what it is about.</summary>
    Bytes,
}

/// <summary>
/// Finds the partition key of a raw record by reading it as the cleaner will: what is about one thing gets one key and so keeps its order.
/// Of several events in a record the first that is about a flight decides, else the first that is about a place. Holds buffers that it
/// uses again, so one instance serves one thread at a time.
/// </summary>
public sealed class PartitionKeyReader
{
    private const int DaysBefore1970 = 719_162;

    private readonly Workspace _workspace = new();
    private readonly EventDocument _document;
    private readonly RecordSplitter _splitter;
    private readonly EventReader _reader;
    private readonly CleanerOptions _options;

    /// <param name="codes">What airline and airport codes mean; may be shared.</param>
    /// <param name="options">What the records will be cleaned with.</param>
    public PartitionKeyReader(CodeTables codes, CleanerOptions options)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _document = new EventDocument(_workspace, options.Profiles.Keys);
        _splitter = new RecordSplitter(_workspace, options.Profiles.Keys, options.MaxRecordBytes);
        _reader = new EventReader(_workspace, codes);
    }

    /// <summary>The key of a record, 1 to 100 characters. Never throws for what the bytes are.</summary>
    /// <param name="record">The record's bytes; not kept.</param>
    /// <param name="arrivedMicros">When it arrives on the stream, microseconds since 1970-01-01 UTC.</param>
    /// <param name="source">What the key was made from.</param>
    public string Read(ReadOnlySpan<byte> record, long arrivedMicros, out PartitionKeySource source)
    {
        string? place = null;
        if (record.Length <= _options.MaxRecordBytes)
        {
            _splitter.Split(_workspace.Reset(record));
            var end = _workspace.Length;
            foreach (var element in _splitter.Elements)
            {
                _workspace.Truncate(end);
                if (element.Kind == RecordElementKind.Object && _document.Read(element.Bytes) == JsonOutcome.Complete)
                {
                    ReadEvent(arrivedMicros);
                    if (Flight() is { } flight)
                    {
                        source = PartitionKeySource.Flight;
                        return flight;
                    }

                    place ??= Place();
                }
            }
        }

        source = place is null ? PartitionKeySource.Bytes : PartitionKeySource.Place;
        return place ?? StableHash.Hash128(record).ToString("x32", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the event in the document. One that will be refused has its key all the same, by what can be read of it.</summary>
    private void ReadEvent(long arrivedMicros)
    {
        var profile = _options.Profiles.Find(_document, _workspace);
        if (profile is not null)
        {
            _document.Read(_document.Bytes, profile.Keys);
        }

        _reader.TryRead(_document, profile, repairs: 0, arrivedMicros, arrivedMicros + (_options.MaxEventLead.Ticks / TimeSpan.TicksPerMicrosecond));
        _reader.ReadOriginOfAny();
    }

    private string? Flight()
    {
        var values = _reader.Values;

        // A bag or a service tells the airport it is at, where its flight mostly starts. All of a busy airport under one key would fill one shard.
        var origin = values.Has(Field.Origin) || values.Entity == Entity.FlightEvent ? Field.Origin : Field.Airport;
        if (!values.Has(Field.Airline) || !values.Has(Field.FlightNumber) || !values.Has(Field.FlightDate) || !values.Has(origin))
        {
            return null;
        }

        var date = DateOnly.FromDayNumber((int)values.Number(Field.FlightDate) + DaysBefore1970);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Text(Field.Airline)} {values.Number(Field.FlightNumber)} {date:yyyy-MM-dd} {Text(origin)}");
    }

    private string? Place()
    {
        var values = _reader.Values;
        return !values.Has(Field.Airport) ? null
            : values.Has(Field.Checkpoint) ? $"{Text(Field.Airport)} {Text(Field.Checkpoint)}"
            : Text(Field.Airport);
    }

    private string Text(Field field) => Encoding.UTF8.GetString(_workspace[_reader.Values.Text(field)]);
}
