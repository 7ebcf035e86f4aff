using AirportOps.Cleaning.Columns;

namespace AirportOps.Cleaning;

/// <summary>The rows of one entity and one UTC date of event_time, in the order in which they were accepted.</summary>
public sealed class RowSet
{
    private readonly Column[] _columns;

    internal RowSet(Entity entity)
    {
        Entity = entity;
        _columns = [.. EventSchema.Columns(entity).Select(Create)];
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
    public long ApproximateBytes => _columns.Sum(column => column.ApproximateBytes);

    internal void Start(int day)
    {
        EventDate = DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day);
        Count = 0;
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }

    private static Column Create(SchemaColumn schema) => schema.Type switch
    {
        ColumnType.Utf8 => new Utf8Column(schema),
        ColumnType.Double => new DoubleColumn(schema),
        ColumnType.Instant => new Int64Column(schema),
        _ => new Int32Column(schema),
    };
}
