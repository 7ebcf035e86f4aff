using System.Numerics;
using System.Runtime.InteropServices;
using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Reading;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning;

/// <summary>The rows of one entity and one UTC date of event_time, in the order in which they were accepted.</summary>
public sealed class RowSet
{
    private const int SmallestCapacity = 256;

    private readonly Column[] _columns;
    private readonly Utf8Column _eventIds;
    private readonly Int64Column _eventTimes;
    private readonly Int64Column _arrivals;
    private readonly Utf8Column _extras;
    private readonly Utf8Column _repairs;
    private readonly Utf8Column _shards;
    private readonly Utf8Column _sequences;
    private readonly List<int> _dropped = [];

    /// <summary>The column of each field that has one here, by the field's number.</summary>
    private readonly Column[] _byField = new Column[FieldTable.Count];
    private readonly ulong _fields;
    private int _capacity;

    /// <param name="entity">What the rows are about.</param>
    /// <param name="schema">The columns, <see cref="EventSchema"/>'s and perhaps others, which stay null.</param>
    internal RowSet(Entity entity, IReadOnlyList<SchemaColumn> schema)
    {
        Entity = entity;
        _columns = [.. schema.Select(Create)];
        (_eventIds, _eventTimes, _arrivals) = (Named<Utf8Column>("event_id"), Named<Int64Column>("event_time"), Named<Int64Column>("arrived"));
        (_extras, _repairs) = (Named<Utf8Column>("extras"), Named<Utf8Column>("repairs"));
        (_shards, _sequences) = (Named<Utf8Column>("shard"), Named<Utf8Column>("sequence"));
        foreach (var field in FieldTable.ColumnFields(entity))
        {
            _fields |= FieldTable.Bit(field);
            _byField[(int)field] = _columns.Single(column => column.Schema.Name == FieldTable.All[(int)field].Name);
        }
    }

    /// <summary>What the rows are about.</summary>
    public Entity Entity { get; }

    /// <summary>The UTC date of every row's event_time.</summary>
    public DateOnly EventDate { get; private set; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The columns, in the order of <see cref="EventSchema.Columns"/>.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Bytes held for the rows of all columns, before encoding.</summary>
    public long ApproximateBytes { get; private set; }

    internal void Start(int day)
    {
        EventDate = DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day);
        _dropped.Clear();
        foreach (var column in _columns)
        {
            column.Clear();
        }

        (Count, ApproximateBytes) = (0, 0);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">The clean event.</param>
    /// <param name="repairs">The row's repairs, as text; null without any.</param>
    /// <param name="workspace">Holds the texts.</param>
    /// <param name="origin">Where the record came from.</param>
    /// <returns>Bytes held for the row, about.</returns>
    internal long Add(CleanEvent values, Slice? repairs, Workspace workspace, in RecordOrigin origin)
    {
        const int fixedBytes = 9;
        if (Count == _capacity)
        {
            Reserve(Math.Max(SmallestCapacity, 2 * _capacity));
        }

        long bytes = _columns.Length * fixedBytes;
        for (var present = values.Present & _fields; present != 0; present &= present - 1)
        {
            var field = (Field)BitOperations.TrailingZeroCount(present);
            var column = _byField[(int)field];
            switch (FieldTable.TypeOf(field))
            {
                case ColumnType.Utf8:
                    var text = values.Text(field);
                    bytes += text.Length;
                    ((Utf8Column)column).Add(workspace[text]);
                    break;
                case ColumnType.Instant:
                    ((Int64Column)column).Add(values.Number(field));
                    break;
                case ColumnType.Double:
                    ((DoubleColumn)column).Add(BitConverter.Int64BitsToDouble(values.Number(field)));
                    break;
                default:
                    ((Int32Column)column).Add((int)values.Number(field));
                    break;
            }
        }

        _arrivals.Add(origin.ArrivedMicros);
        AddOptional(_extras, values.Extras, workspace);
        AddOptional(_repairs, repairs, workspace);
        _shards.Add(origin.Shard);
        _sequences.Add(origin.Sequence);
        bytes += (values.Extras?.Length ?? 0) + (repairs?.Length ?? 0) + origin.Shard.Length + origin.Sequence.Length;
        Count++;
        ApproximateBytes += bytes;
        return bytes;
    }

    /// <summary>Marks a row to be taken out by <see cref="RemoveDropped"/>; in ascending order.</summary>
    internal void Drop(int row) => _dropped.Add(row);

    /// <summary>Takes the marked rows out; the others keep their order.</summary>
    internal void RemoveDropped()
    {
        if (_dropped.Count == 0)
        {
            return;
        }

        var rows = CollectionsMarshal.AsSpan(_dropped);
        foreach (var column in _columns)
        {
            column.Remove(rows);
        }

        ApproximateBytes -= ApproximateBytes / Count * rows.Length;
        Count -= rows.Length;
        _dropped.Clear();
    }

    /// <summary>Where a row came from; valid until the set changes.</summary>
    internal RecordOrigin OriginOf(int row) => new(TextOf(_shards, row), TextOf(_sequences, row), _arrivals.Values[row]);

    /// <summary>The event_time of each row, microseconds since 1970-01-01 UTC; valid until the set changes.</summary>
    public ReadOnlySpan<long> EventTimes => _eventTimes.Values;

    /// <summary>The event_id of a row; valid until the set changes.</summary>
    public ReadOnlySpan<byte> EventIdOf(int row) => TextOf(_eventIds, row);

    /// <summary>Adds the rows to how far a batch has come.</summary>
    internal void AddTo(ref EventTimeReach reach)
    {
        var arrived = _arrivals.Values;
        var times = _eventTimes.Values;
        for (var row = 0; row < Count; row++)
        {
            reach.Add(times[row], arrived[row]);
        }
    }

    /// <summary>A value of a required text column, where row and value have the same index.</summary>
    private static ReadOnlySpan<byte> TextOf(Utf8Column texts, int row) => texts.Bytes[texts.Offsets[row]..texts.Offsets[row + 1]];

    private T Named<T>(string name)
        where T : Column => (T)_columns.Single(column => column.Schema.Name == name);

    private static void AddOptional(Utf8Column column, Slice? text, Workspace workspace)
    {
        if (text is { } present)
        {
            column.Add(workspace[present]);
        }
    }

    private void Reserve(int rows)
    {
        _capacity = rows;
        foreach (var column in _columns)
        {
            column.Reserve(rows);
        }
    }

    private Column Create(SchemaColumn schema) => schema.Type switch
    {
        ColumnType.Utf8 => new Utf8Column(schema, this),
        ColumnType.Double => new DoubleColumn(schema, this),
        ColumnType.Instant => new Int64Column(schema, this),
        _ => new Int32Column(schema, this),
    };
}
