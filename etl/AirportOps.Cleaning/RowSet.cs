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
    private const int ArrivedIndex = 2;
    private const int SmallestCapacity = 256;

    private readonly Column[] _columns;
    private readonly List<int> _dropped = [];

    /// <summary>The column of each field that has one here, by the field's number.</summary>
    private readonly Column[] _byField = new Column[FieldTable.Count];
    private readonly ulong _fields;
    private int _capacity;

    internal RowSet(Entity entity)
    {
        Entity = entity;
        _columns = [.. EventSchema.Columns(entity).Select(Create)];
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

        ((Int64Column)_columns[ArrivedIndex]).Add(origin.ArrivedMicros);
        AddOptional((Utf8Column)_columns[^4], values.Extras, workspace);
        AddOptional((Utf8Column)_columns[^3], repairs, workspace);
        ((Utf8Column)_columns[^2]).Add(origin.Shard);
        ((Utf8Column)_columns[^1]).Add(origin.Sequence);
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
    internal RecordOrigin OriginOf(int row) =>
        new(TextOf(_columns.Length - 2, row), TextOf(_columns.Length - 1, row), ((Int64Column)_columns[ArrivedIndex]).Values[row]);

    /// <summary>The event_id of a row; valid until the set changes.</summary>
    internal ReadOnlySpan<byte> EventIdOf(int row) => TextOf(0, row);

    /// <summary>Adds the rows to how far a batch has come.</summary>
    internal void AddTo(ref EventTimeReach reach)
    {
        var arrived = ((Int64Column)_columns[ArrivedIndex]).Values;
        var times = ((Int64Column)_columns[1]).Values;
        for (var row = 0; row < Count; row++)
        {
            reach.Add(times[row], arrived[row]);
        }
    }

    /// <summary>A value of a required text column, where row and value have the same index.</summary>
    private ReadOnlySpan<byte> TextOf(int column, int row)
    {
        var texts = (Utf8Column)_columns[column];
        return texts.Bytes[texts.Offsets[row]..texts.Offsets[row + 1]];
    }

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
