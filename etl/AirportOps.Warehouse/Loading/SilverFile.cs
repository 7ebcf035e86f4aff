using AirportOps.Cleaning;
using AirportOps.Parquet;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Warehouse.Loading;

/// <summary>A window's file, open.</summary>
/// <param name="Window">The window it belongs to.</param>
/// <param name="Entity">What its rows are.</param>
/// <param name="Reader">Its content.</param>
internal sealed record SilverFile(WindowManifest Window, Entity Entity, ParquetReader Reader) : IDisposable
{
    private const string EventId = "event_id";

    /// <summary>The ids of all rows, in order.</summary>
    internal IEnumerable<string> EventIds()
    {
        var column = Reader.Schema.IndexOf(EventId);
        for (var group = 0; group < Reader.RowGroups.Count; group++)
        {
            var ids = Reader.ReadColumn(group, column);
            for (var row = 0; row < ids.Rows; row++)
            {
                yield return StagingText.ToString(ids.Utf8Value(row));
            }
        }
    }

    /// <summary>The columns of a row group that a table wants, in its order; one the file has not reads as null throughout.</summary>
    internal ColumnCursor[] Columns(int rowGroup, ParquetSchema wanted) =>
        [.. wanted.Columns.Select(column => new ColumnCursor(
            Reader.Schema.IndexOf(column.Name) is var index and >= 0 ? Reader.ReadColumn(rowGroup, index) : null))];

    public void Dispose() => Reader.Dispose();
}
