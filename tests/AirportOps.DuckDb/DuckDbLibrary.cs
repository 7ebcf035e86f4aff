using System.Runtime.InteropServices;

namespace AirportOps.DuckDb;

/// <summary>The part of DuckDB's C API (duckdb.h) that a query needs, from the library that <c>tests/setup</c> installs.</summary>
internal static unsafe partial class DuckDbLibrary
{
    private const string Name = "duckdb";

    static DuckDbLibrary() => NativeLibrary.SetDllImportResolver(typeof(DuckDbLibrary).Assembly, Resolve);

    [LibraryImport(Name, EntryPoint = "duckdb_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string? path, out nint database);

    [LibraryImport(Name, EntryPoint = "duckdb_close")]
    internal static partial void Close(ref nint database);

    [LibraryImport(Name, EntryPoint = "duckdb_connect")]
    internal static partial int Connect(nint database, out nint connection);

    [LibraryImport(Name, EntryPoint = "duckdb_disconnect")]
    internal static partial void Disconnect(ref nint connection);

    [LibraryImport(Name, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Query(nint connection, string sql, out Result result);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_result")]
    internal static partial void DestroyResult(ref Result result);

    [LibraryImport(Name, EntryPoint = "duckdb_result_error")]
    internal static partial byte* ResultError(ref Result result);

    [LibraryImport(Name, EntryPoint = "duckdb_column_count")]
    internal static partial ulong ColumnCount(ref Result result);

    [LibraryImport(Name, EntryPoint = "duckdb_column_name")]
    internal static partial byte* ColumnName(ref Result result, ulong column);

    [LibraryImport(Name, EntryPoint = "duckdb_column_type")]
    internal static partial DuckDbType ColumnType(ref Result result, ulong column);

    [LibraryImport(Name, EntryPoint = "duckdb_fetch_chunk")]
    internal static partial nint FetchChunk(Result result);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_data_chunk")]
    internal static partial void DestroyChunk(ref nint chunk);

    [LibraryImport(Name, EntryPoint = "duckdb_data_chunk_get_size")]
    internal static partial ulong ChunkSize(nint chunk);

    [LibraryImport(Name, EntryPoint = "duckdb_data_chunk_get_vector")]
    internal static partial nint Vector(nint chunk, ulong column);

    [LibraryImport(Name, EntryPoint = "duckdb_vector_get_data")]
    internal static partial void* VectorData(nint vector);

    [LibraryImport(Name, EntryPoint = "duckdb_vector_get_validity")]
    internal static partial ulong* VectorValidity(nint vector);

    /// <summary>The library's file below the solution's folder.</summary>
    /// <exception cref="DllNotFoundException">It is not there.</exception>
    internal static string Path()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "AirportOps.sln")))
            {
                continue;
            }

            var path = System.IO.Path.Combine(folder.FullName, "artifacts/duckdb/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so");
            return File.Exists(path) ? path : throw new DllNotFoundException($"{path} is missing; run tests/setup, which installs it.");
        }

        throw new DllNotFoundException($"No AirportOps.sln above {AppContext.BaseDirectory}, so DuckDB's library can't be found.");
    }

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path) =>
        name == Name ? NativeLibrary.Load(Path()) : 0;

    /// <summary><c>duckdb_result</c>: only its size matters here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Result
    {
        private fixed ulong _fields[6];
    }
}
