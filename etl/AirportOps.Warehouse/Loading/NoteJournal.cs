using AirportOps.Pipeline.Windows;
using Dapper;
using Npgsql;

namespace AirportOps.Warehouse.Loading;

/// <summary>What is known of shards beyond their windows, <c>ops.shard_note</c> and <c>ops.shard_child</c>.</summary>
internal static class NoteJournal
{
    /// <summary>Takes notes. One that is older than what is known changes nothing, and an end is never taken back.</summary>
    internal static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<ShardNote> notes, CancellationToken cancellationToken)
    {
        var rows = notes.OrderBy(note => note.EmptyThrough)
            .Select(note => new { note.Stream, note.Shard, note.Ordinal, Through = note.EmptyThrough.UtcDateTime, note.IsEnded }).ToList();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE ops.shard_note
            SET ordinal = @Ordinal, empty_through = CAST(@Through AT TIME ZONE 'UTC' AS TIMESTAMP), is_ended = @IsEnded, noted_at = getdate()
            WHERE stream = @Stream AND shard = @Shard AND is_ended = FALSE
                AND (empty_through < CAST(@Through AT TIME ZONE 'UTC' AS TIMESTAMP) OR @IsEnded)
            """,
            rows,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO ops.shard_note (stream, shard, ordinal, empty_through, is_ended, noted_at)
            SELECT @Stream, @Shard, @Ordinal, CAST(@Through AT TIME ZONE 'UTC' AS TIMESTAMP), @IsEnded, getdate()
            WHERE NOT EXISTS (SELECT 1 FROM ops.shard_note WHERE stream = @Stream AND shard = @Shard)
            """,
            rows,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO ops.shard_child (stream, shard, child)
            SELECT @Stream, @Shard, @Child
            WHERE NOT EXISTS (SELECT 1 FROM ops.shard_child WHERE stream = @Stream AND shard = @Shard AND child = @Child)
            """,
            notes.SelectMany(note => note.Children.Select(child => new { note.Stream, note.Shard, Child = child })),
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }
}
