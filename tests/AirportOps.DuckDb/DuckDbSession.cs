using System.Runtime.InteropServices;
using System.Text;

namespace AirportOps.DuckDb;

/// <summary>DuckDB in memory: the second implementation that our Parquet files are read with. Not thread-safe.</summary>
public sealed unsafe class DuckDbSession : IDisposable
{
    private nint _database;
    private nint _connection;

    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public DuckDbSession()
    {
        if (DuckDbLibrary.Open(null, out _database) != 0 || DuckDbLibrary.Connect(_database, out _connection) != 0)
        {
            throw new InvalidOperationException("DuckDB did not open a database in memory.");
        }
    }

    /// <summary>Runs one statement.</summary>
    /// <exception cref="InvalidOperationException">DuckDB refuses it; the message is DuckDB's.</exception>
    /// <exception cref="NotSupportedException">A column's type is none of <see cref="DuckDbType"/>: cast it in the query.</exception>
    public DuckDbTable Query(string sql)
    {
        var status = DuckDbLibrary.Query(_connection, sql, out var result);
        try
        {
            return status == 0 ? Read(ref result) : throw new InvalidOperationException(Text(DuckDbLibrary.ResultError(ref result)));
        }
        finally
        {
            DuckDbLibrary.DestroyResult(ref result);
        }
    }

    public void Dispose()
    {
        DuckDbLibrary.Disconnect(ref _connection);
        DuckDbLibrary.Close(ref _database);
    }

    private static DuckDbTable Read(ref DuckDbLibrary.Result result)
    {
        var columns = new (string Name, DuckDbType Type)[DuckDbLibrary.ColumnCount(ref result)];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = (Text(DuckDbLibrary.ColumnName(ref result, (ulong)i)), DuckDbLibrary.ColumnType(ref result, (ulong)i));
        }

        var rows = new List<object?[]>();
        while (DuckDbLibrary.FetchChunk(result) is var chunk && chunk != 0)
        {
            var first = rows.Count;
            var count = (int)DuckDbLibrary.ChunkSize(chunk);
            for (var row = 0; row < count; row++)
            {
                rows.Add(new object?[columns.Length]);
            }

            for (var i = 0; i < columns.Length; i++)
            {
                var vector = DuckDbLibrary.Vector(chunk, (ulong)i);
                var validity = DuckDbLibrary.VectorValidity(vector);
                var data = DuckDbLibrary.VectorData(vector);
                for (var row = 0; row < count; row++)
                {
                    var isNull = validity != null && (validity[row / 64] >> (row % 64) & 1) == 0;
                    rows[first + row][i] = isNull ? null : Value(columns[i], data, row);
                }
            }

            DuckDbLibrary.DestroyChunk(ref chunk);
        }

        return new DuckDbTable(columns, rows);
    }

    private static object Value((string Name, DuckDbType Type) column, void* data, int row) => column.Type switch
    {
        DuckDbType.Boolean => ((byte*)data)[row] != 0,
        DuckDbType.Integer or DuckDbType.Date => ((int*)data)[row],
        DuckDbType.BigInt or DuckDbType.Timestamp or DuckDbType.TimestampTz => ((long*)data)[row],
        DuckDbType.UnsignedBigInt => ((ulong*)data)[row],
        DuckDbType.Double => ((double*)data)[row],
        DuckDbType.Varchar => String((byte*)data + (16 * row)),
        _ => throw new NotSupportedException($"Column '{column.Name}' has DuckDB's type {column.Type}: cast it to another in the query."),
    };

    /// <summary><c>duckdb_string_t</c>: a length, then up to twelve bytes in place, or four of them and a pointer to all.</summary>
    private static string String(byte* value)
    {
        var length = *(int*)value;
        return Encoding.UTF8.GetString(length <= 12 ? value + 4 : *(byte**)(value + 8), length);
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
