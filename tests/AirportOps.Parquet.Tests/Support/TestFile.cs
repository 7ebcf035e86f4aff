namespace AirportOps.Parquet.Tests.Support;

/// <summary>Writes and reads whole files of <see cref="TestColumn"/>s.</summary>
internal static class TestFile
{
    internal static byte[] Write(IReadOnlyList<TestColumn> columns, ParquetWriterOptions? options = null, int rowGroupRows = int.MaxValue) =>
        Write(columns, out _, options, rowGroupRows);

    internal static byte[] Write(
        IReadOnlyList<TestColumn> columns,
        out ParquetFileSummary summary,
        ParquetWriterOptions? options = null,
        int rowGroupRows = int.MaxValue)
    {
        using var stream = new ForwardOnlyStream();
        using var writer = new ParquetWriter(stream, Schema(columns), options ?? new ParquetWriterOptions());
        var rows = columns[0].Rows.Length;
        for (var from = 0; from < rows; from += Math.Min(rowGroupRows, rows - from))
        {
            var to = from + Math.Min(rowGroupRows, rows - from);
            var group = writer.StartRowGroup(to - from);
            foreach (var column in columns)
            {
                column.Slice(from..to).WriteTo(group);
            }
        }

        summary = writer.Finish();
        return stream.ToArray();
    }

    internal static ParquetSchema Schema(IEnumerable<TestColumn> columns) => new(columns.Select(column => column.Column));

    /// <summary>All rows of every column, over all row groups.</summary>
    internal static List<object?[]> ReadAll(ReadOnlyMemory<byte> file, ParquetReaderOptions? options = null)
    {
        using var reader = new ParquetReader(file, options);
        return [.. reader.Schema.Columns.Select((_, column) =>
            Enumerable.Range(0, reader.RowGroups.Count).SelectMany(group => TestColumn.Read(reader.ReadColumn(group, column))).ToArray())];
    }
}
