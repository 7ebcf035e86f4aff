using System.Globalization;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>The SQL that takes notes on shards into Redshift's books: without branches, and harmless when it runs again.</summary>
internal static class NoteStatements
{
    /// <summary>Each note's statements, which go into one transaction.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Of(IEnumerable<ShardNote> notes) =>
        notes.OrderBy(note => note.EmptyThrough).Select(note => (IReadOnlyList<string>)[.. Of(note)]);

    /// <summary>A query that gives a row once a note is taken.</summary>
    internal static string Settled(ShardNote note) =>
        $"SELECT 1 FROM ops.shard_note WHERE {Place(note)} AND (is_ended = TRUE OR (empty_through >= {Time(note)} AND {SqlText.Literal(note.IsEnded, WarehouseEngine.Redshift)} = FALSE))";

    private static IEnumerable<string> Of(ShardNote note)
    {
        var (stream, shard) = (Text(note.Stream), Text(note.Shard));
        var ended = SqlText.Literal(note.IsEnded, WarehouseEngine.Redshift);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE ops.shard_note SET ordinal = {note.Ordinal}, empty_through = {Time(note)}, is_ended = {ended}, noted_at = GETDATE() "
            + $"WHERE {Place(note)} AND is_ended = FALSE AND (empty_through < {Time(note)} OR {ended} = TRUE)");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO ops.shard_note (stream, shard, ordinal, empty_through, is_ended, noted_at) "
            + $"SELECT {stream}, {shard}, {note.Ordinal}, {Time(note)}, {ended}, GETDATE() "
            + $"WHERE NOT EXISTS (SELECT 1 FROM ops.shard_note n WHERE n.stream = {stream} AND n.shard = {shard})");
        foreach (var child in note.Children.Select(Text))
        {
            yield return $"INSERT INTO ops.shard_child (stream, shard, child) SELECT {stream}, {shard}, {child} "
                + $"WHERE NOT EXISTS (SELECT 1 FROM ops.shard_child c WHERE c.stream = {stream} AND c.shard = {shard} AND c.child = {child})";
        }
    }

    private static string Place(ShardNote note) => $"stream = {Text(note.Stream)} AND shard = {Text(note.Shard)}";

    private static string Time(ShardNote note) => SqlText.Literal(note.EmptyThrough.UtcDateTime, WarehouseEngine.Redshift);

    private static string Text(string text) => SqlText.Literal(text, WarehouseEngine.Redshift);
}
