using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Fields;

namespace AirportOps.Cleaning;

/// <summary>
/// The Silver columns of each entity: event_id, event_time, arrived, source, airport, the entity's own fields, extras, repairs, shard, sequence,
/// and at the very end what was added later. Columns are found by name: none of them has a place that lasts.
/// </summary>
public static class EventSchema
{
    private static readonly SchemaColumn[][] ByEntity = [.. EntityNames.All.Select(Build)];

    /// <summary>The columns of an entity, in the order of its files and of a <see cref="RowSet"/>.</summary>
    public static IReadOnlyList<SchemaColumn> Columns(Entity entity) => ByEntity[(int)entity];

    private static SchemaColumn[] Build(Entity entity) =>
    [
        new("event_id", ColumnType.Utf8, true),
        new("event_time", ColumnType.Instant, true),
        new("arrived", ColumnType.Instant, true),
        new("source", ColumnType.Utf8, false),
        new("airport", ColumnType.Utf8, true),
        .. FieldTable.OwnFields(entity).ToArray().Select(field => Own(entity, field)),
        new("extras", ColumnType.Utf8, false),
        new("repairs", ColumnType.Utf8, false),
        new("shard", ColumnType.Utf8, true),
        new("sequence", ColumnType.Utf8, true),
        .. FieldTable.LaterFields(entity).ToArray().Select(field => Own(entity, field)),
    ];

    private static SchemaColumn Own(Entity entity, Field field)
    {
        var info = FieldTable.All[(int)field];
        return new SchemaColumn(info.Name, info.ColumnType, FieldTable.IsNeverNull(entity, field));
    }
}
